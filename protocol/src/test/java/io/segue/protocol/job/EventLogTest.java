package io.segue.protocol.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.EventLog.Appended;
import io.segue.protocol.job.EventLog.CorruptLogException;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private Optional<Moment> putTimesOut = Optional.empty();
    private final InMemoryObjectStore store = new InMemoryObjectStore((moment, operation, key) -> {
        if (operation == Operation.PUT_IF_ABSENT && putTimesOut.equals(Optional.of(moment))) {
            throw new StoreException.Unavailable(key + " timed out", null);
        }
    });

    private EventLog<TaskEvent> open() {
        return EventLog.open(store, "log", TaskEvent.class, JobJson.mapper());
    }

    private static TaskEvent event(int number) {
        return new Released(number, "event " + number);
    }

    private static List<TaskEvent> events(int count) {
        return IntStream.range(0, count).mapToObj(EventLogTest::event).toList();
    }

    private static String key(int sequence) {
        return "log/" + String.format("%010d", sequence) + ".json";
    }

    @Test
    void whatIsAppendedIsThereInOrder() {
        EventLog<TaskEvent> log = open();
        for (int i = 0; i < 12; i++) {
            assertEquals(Appended.DONE, log.append(event(i)));
        }

        assertEquals(events(12), log.events());
        assertEquals(events(12), open().events());
    }

    @Test
    void oneReadsOnWhatOthersAppend() {
        EventLog<TaskEvent> one = open();
        EventLog<TaskEvent> other = open();
        one.append(event(0));
        one.append(event(1));

        assertTrue(other.refresh());
        assertFalse(other.refresh());
        assertEquals(Appended.DONE, other.append(event(2)));
        assertTrue(one.refresh());
        assertEquals(events(3), one.events());
    }

    @Test
    void whoDidNotReadIsSuperseded() {
        EventLog<TaskEvent> one = open();
        EventLog<TaskEvent> other = open();
        one.append(event(0));

        assertEquals(Appended.SUPERSEDED, other.append(event(7)));
        assertEquals(List.of(), other.events());
        assertEquals(events(1), open().events());
    }

    /** Equal events of two writers are two events: one of them won, and the other has to know that it did not. */
    @Test
    void equalEventsOfTwoWritersAreToldApart() {
        EventLog<TaskEvent> one = open();
        EventLog<TaskEvent> other = open();
        one.append(event(0));

        assertEquals(Appended.SUPERSEDED, other.append(event(0)));
    }

    @Test
    void ofManyWritersOfANumberOneWins() throws Exception {
        int writers = 8;
        int rounds = 50;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<Integer>> won = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int number = writer;
            won.add(threads.submit(() -> {
                EventLog<TaskEvent> log = open();
                start.await();
                int wins = 0;
                while (log.events().size() < rounds) {
                    wins += log.append(event(number * 1_000 + wins)) == Appended.DONE ? 1 : 0;
                    log.refresh();
                }
                return wins;
            }));
        }
        start.countDown();
        int wins = 0;
        for (Future<Integer> result : won) {
            wins += result.get();
        }
        threads.shutdown();

        List<TaskEvent> events = open().events();
        assertEquals(wins, events.size());
        assertEquals(wins, new HashSet<>(events).size());
    }

    @Test
    void aPutThatTimedOutButSucceededIsDone() {
        EventLog<TaskEvent> log = open();
        putTimesOut = Optional.of(Moment.AFTER);

        assertEquals(Appended.DONE, log.append(event(0)));
        assertEquals(events(1), log.events());
        assertEquals(events(1), open().events());
    }

    @Test
    void aPutThatTimedOutAndDidNotHappenIsSaid() {
        EventLog<TaskEvent> log = open();
        putTimesOut = Optional.of(Moment.BEFORE);

        assertThrows(StoreException.Unavailable.class, () -> log.append(event(0)));
        assertEquals(List.of(), log.events());
        putTimesOut = Optional.empty();
        assertEquals(Appended.DONE, log.append(event(0)));
    }

    @Test
    void aPutThatTimedOutBecauseAnotherWonIsSuperseded() {
        EventLog<TaskEvent> log = open();
        open().append(event(0));
        putTimesOut = Optional.of(Moment.BEFORE);

        assertEquals(Appended.SUPERSEDED, log.append(event(7)));
    }

    @Test
    void eventsThatNobodyWroteAreRefused() {
        for (String damaged : List.of("", "{", "[]", "null", "{\"version\":1,\"writer\":\"w\"}", "{\"version\":1}")) {
            store.put(key(0), damaged.getBytes(UTF_8));

            CorruptLogException corrupt = assertThrows(CorruptLogException.class, this::open, damaged);
            assertTrue(String.valueOf(corrupt.getMessage()).contains(key(0)));
        }
    }

    /** Even where its events are none that this program knows. */
    @Test
    void aLaterVersionIsNamed() {
        store.put(key(0), "{\"version\":2,\"writer\":\"w\",\"event\":{\"type\":\"from-the-future\"}}".getBytes(UTF_8));

        CorruptLogException corrupt = assertThrows(CorruptLogException.class, this::open);
        assertTrue(String.valueOf(corrupt.getMessage()).contains("it has version 2"));
    }

    @Test
    void aGapIsRefused() {
        EventLog<TaskEvent> log = open();
        log.append(event(0));
        log.append(event(1));
        log.append(event(2));
        store.delete(key(1));

        CorruptLogException corrupt = assertThrows(CorruptLogException.class, this::open);
        assertTrue(String.valueOf(corrupt.getMessage()).contains("expected event " + key(1)));
    }
}
