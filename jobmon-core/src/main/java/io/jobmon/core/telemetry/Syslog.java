package io.jobmon.core.telemetry;

import com.cloudbees.syslog.Facility;
import com.cloudbees.syslog.MessageFormat;
import com.cloudbees.syslog.SDElement;
import com.cloudbees.syslog.SDParam;
import com.cloudbees.syslog.Severity;
import com.cloudbees.syslog.SyslogMessage;
import com.cloudbees.syslog.sender.AbstractSyslogMessageSender;
import com.cloudbees.syslog.sender.TcpSyslogMessageSender;
import com.cloudbees.syslog.sender.UdpSyslogMessageSender;
import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends lines to a syslog server, RFC 5424, on a thread of its own. While the server is away lines are left out and counted,
 * and it is tried again after a pause that doubles from one second to half a minute.
 */
final class Syslog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Syslog.class);

    /** The number is the one for documentation and private use, RFC 5612. */
    private static final String DATA = "jobmon@32473";

    private static final int CONNECT_MILLIS = 3000;
    private static final int LOOK_MILLIS = 200;
    private static final int END_MILLIS = 500;
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

    private final SyslogServer server;
    private final String worker;
    private final String host;
    private final String process = Long.toString(ProcessHandle.current().pid());
    private final Backlog backlog = new Backlog();
    private final AbstractSyslogMessageSender sender;
    private final Thread thread;
    private volatile boolean closed;
    private long lost;

    /** How many losses were told of. */
    private long told;

    private long pause;
    private long triedAt;

    Syslog(SyslogServer server, String worker, String host) {
        this.server = server;
        this.worker = worker;
        this.host = host;
        sender = server.kind() == SyslogServer.Kind.UDP ? udp() : tcp(server);
        sender.setSyslogServerHostname(server.host());
        sender.setSyslogServerPort(server.port());
        thread = new Thread(this::send, "jobmon-syslog-1");
        thread.setDaemon(true);
        thread.start();
    }

    private static UdpSyslogMessageSender udp() {
        UdpSyslogMessageSender sender = new UdpSyslogMessageSender();
        sender.setMessageFormat(MessageFormat.RFC_5424);
        return sender;
    }

    private static TcpSyslogMessageSender tcp(SyslogServer server) {
        TcpSyslogMessageSender sender = new TcpSyslogMessageSender();
        sender.setSocketConnectTimeoutInMillis(CONNECT_MILLIS);
        // Each message has its length before it, so that nothing has to follow it.
        sender.setMessageFormat(MessageFormat.RFC_5425);
        sender.setPostfix("");
        sender.setSsl(server.tls() != null);
        if (server.tls() != null) {
            sender.setSSLContext(server.tls());
        }
        return sender;
    }

    /** Never waits. */
    void add(Entry entry) {
        backlog.add(entry);
    }

    private void send() {
        try {
            while (true) {
                Entry entry = backlog.poll(closed ? 0 : LOOK_MILLIS);
                if (entry != null) {
                    send(entry);
                } else if (closed) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    /** On the sender's own thread: closing a connection to a server that has stopped reading may take for ever. */
    private void end() {
        try {
            ((Closeable) sender).close();
        } catch (IOException | RuntimeException e) {
            // The library's own way to say that it was never connected is a NullPointerException.
            LOG.debug("There was no connection to the syslog server to close.", e);
        }
    }

    private void send(Entry entry) {
        if (pause > 0 && System.nanoTime() - triedAt < pause) {
            lost++;
            return;
        }
        try {
            sender.sendMessage(message(entry));
            if (pause > 0) {
                long all = lost + backlog.lost();
                LOG.info("The syslog server {} is there again; {} lines were left out.", server, all - told);
                told = all;
            }
            pause = 0;
        } catch (IOException | RuntimeException e) {
            if (pause == 0) {
                LOG.warn(
                        "The syslog server {} cannot be reached ({}); lines are left out until it can.",
                        server,
                        e.toString());
            }
            lost++;
            triedAt = System.nanoTime();
            pause = pause == 0 ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }

    private SyslogMessage message(Entry entry) {
        return new SyslogMessage()
                .withFacility(Facility.USER)
                .withSeverity(severity(entry.level()))
                .withTimestamp(entry.millis())
                .withHostname(host)
                .withAppName("jobmon")
                .withProcId(process)
                .withMsgId(entry.level().startsWith("STD") ? entry.level().toLowerCase(Locale.ROOT) : "log")
                .withSDElement(new SDElement(
                        DATA,
                        new SDParam("experiment", entry.experiment()),
                        new SDParam("job", entry.job()),
                        new SDParam("worker", worker),
                        new SDParam("host", host)))
                .withMsg(entry.text());
    }

    private static Severity severity(String level) {
        return switch (level) {
            case "ERROR" -> Severity.ERROR;
            case "WARN" -> Severity.WARNING;
            case "DEBUG", "TRACE" -> Severity.DEBUG;
            default -> Severity.INFORMATIONAL;
        };
    }

    /** Sends what waits, for half a second at most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
