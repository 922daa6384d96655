package io.jobmon.core.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** An appender of the root logger that hands lines to a relay. It waits for nothing. */
final class LogbackTap extends UnsynchronizedAppenderBase<ILoggingEvent> implements LogTap {

    private static final String OWN = "io.jobmon.";

    /** What is said here about saying things would go round in circles. */
    private static final String RELAY = "io.jobmon.core.telemetry.";

    private static final List<LogbackTap> TAPS = new CopyOnWriteArrayList<>();

    private final Relay relay;
    private final boolean whole;
    private final Logger root;

    private LogbackTap(Relay relay, boolean whole) {
        this.relay = relay;
        this.whole = whole;
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        setContext(context);
    }

    static LogTap attach(Relay relay, boolean whole) {
        LogbackTap tap = new LogbackTap(relay, whole);
        tap.setName("jobmon");
        tap.start();
        TAPS.add(tap);
        tap.root.addAppender(tap);
        return tap;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!relay.heard() || event.getLoggerName().startsWith(RELAY)) {
            return;
        }
        Voice.Speaker speaker = Voice.here();
        if (speaker == null ? !isForAll(event) : speaker.relay() != relay) {
            return;
        }
        Voice.Origin origin =
                speaker == null ? Voice.Origin.NONE : speaker.origin().get();
        relay.line(event.getTimeStamp(), event.getLevel().toString(), origin.job(), origin.experiment(), text(event));
    }

    /** Of several workers in a JVM the oldest speaks for all where nobody can tell whose line it is. */
    private boolean isForAll(ILoggingEvent event) {
        return (whole || event.getLoggerName().startsWith(OWN)) && TAPS.indexOf(this) == 0;
    }

    private static String text(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String said = String.valueOf(event.getFormattedMessage());
        return thrown == null
                ? said
                : said + '\n' + ThrowableProxyUtil.asString(thrown).stripTrailing();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        TAPS.remove(this);
        stop();
    }
}
