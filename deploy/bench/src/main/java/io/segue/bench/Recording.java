package io.segue.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the Flight Recorder saw.
 *
 * @param heapBytes the most that was in use after a collection
 * @param top the ten methods that most samples were taken in, with their share of all samples
 */
record Recording(long heapBytes, List<String> top) {
    static Recording read(Path file) throws IOException {
        long heap = 0;
        long samples = 0;
        Map<String, Long> methods = new HashMap<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.GCHeapSummary")
                        && event.getString("when").startsWith("After")) {
                    heap = Math.max(heap, event.getLong("heapUsed"));
                } else if (event.getEventType().getName().equals("jdk.ExecutionSample")
                        && event.getStackTrace() != null) {
                    samples++;
                    methods.merge(name(event.getStackTrace().getFrames().get(0)), 1L, Long::sum);
                }
            }
        }
        long all = Math.max(1, samples);
        List<String> top = methods.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(10)
                .map(entry -> String.format("%4.1f %%  %s", 100.0 * entry.getValue() / all, entry.getKey()))
                .toList();
        return new Recording(heap, top);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
