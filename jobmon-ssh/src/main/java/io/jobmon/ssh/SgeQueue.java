package io.jobmon.ssh;

import io.jobmon.spi.BatchSystem.Task;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What {@code qstat -xml} says. */
final class SgeQueue {

    private SgeQueue() {}

    /** Reads a list of jobs; an empty result: it is none. */
    static Optional<List<Task>> read(String text, Collection<String> arrays) {
        List<Task> tasks = new ArrayList<>();
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(text.strip()));
            xml.nextTag();
            if (!xml.getLocalName().equals("job_info")) {
                return Optional.empty();
            }
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("job_list")
                        && !add(tasks, fields(xml), arrays)) {
                    return Optional.empty();
                }
            }
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
        return Optional.of(tasks);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The texts below an element. Resources and the like come with elements of their own below: they are no matter here. */
    private static Map<String, String> fields(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> fields = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    text.setLength(0);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    fields.putIfAbsent(xml.getLocalName(), text.toString().strip());
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
                default -> {}
            }
        }
        return fields;
    }

    private static boolean add(List<Task> tasks, Map<String, String> fields, Collection<String> arrays) {
        String array = fields.getOrDefault("JB_job_number", "");
        String state = fields.getOrDefault("state", "");
        if (array.isEmpty() || state.isEmpty()) {
            return false;
        }
        if (!arrays.contains(array)) {
            return true;
        }
        String numbers = fields.getOrDefault("tasks", "");
        int count = TaskSets.count(numbers);
        if (count < 1) {
            return false;
        }
        // Letters for what is happening to it come before and after: hqw, Eqw, qw, t, r, Rr, dr, s.
        boolean running = !state.contains("w");
        int number = numbers.matches("\\d+") ? Integer.parseInt(numbers) : 0;
        tasks.add(new Task(array, number, count, running, running ? "" : remark(array, state)));
        return true;
    }

    private static String remark(String array, String state) {
        return state + (state.contains("E") ? ": an error; `qstat -j " + array + "` says which" : "");
    }
}
