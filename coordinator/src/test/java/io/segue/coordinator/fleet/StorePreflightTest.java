package io.segue.coordinator.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.dispatch.WorkerView;
import io.segue.coordinator.jobs.StoreFinding;
import io.segue.protocol.job.message.Messages.Health;
import io.segue.protocol.job.message.Messages.Heartbeat;
import io.segue.protocol.job.message.Messages.SeeStore;
import io.segue.protocol.job.message.Messages.SeenStore;
import io.segue.protocol.job.message.Messages.TaskRef;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.time.ManualTime;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StorePreflightTest {
    private static final TaskRef TASK = new TaskRef("restore-1", "t-0", 1);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final ManualTime time = new ManualTime();
    private final FleetView view = FleetView.ofFleet(time, 3, () -> {});
    private final Map<String, CompletableFuture<SeenStore>> others = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final StorePreflight preflight = new StorePreflight(store, view, this::see);

    private CompletableFuture<SeenStore> see(String worker, SeeStore question) {
        asked.add(worker);
        return others.getOrDefault(
                worker,
                CompletableFuture.completedFuture(
                        new SeenStore(StorePreflight.sha256(store.read(question.key(), 1_000)))));
    }

    private void beat(String worker, long since) {
        view.heartbeat(new Heartbeat(worker, 2, false, List.of(), new Health(1, 2, 0, since)));
    }

    private void seesAnother(String worker) {
        others.put(worker, CompletableFuture.completedFuture(new SeenStore("")));
    }

    private List<String> ready() {
        return view.workers().stream()
                .filter(WorkerView::ready)
                .map(WorkerView::id)
                .toList();
    }

    @Test
    void aWorkerThatSeesAnotherStoreIsLeftOutAndTheOthersGoOn() {
        beat("w-1", 5);
        beat("w-2", 5);
        seesAnother("w-2");

        StoreFinding finding = preflight.look();

        assertEquals(List.of(), finding.trouble());
        assertEquals(1, finding.remarks().size());
        assertTrue(finding.remarks().get(0).startsWith("worker w-2 is left out: it does not see probe/"));
        assertEquals(List.of("w-1"), ready());
        assertFalse(view.reserve("w-2", TASK));
        assertEquals(2, view.room("restore-1", 10));
        assertEquals(List.of(), store.list("", 10));
    }

    @Test
    void ifNoneIsLeftNothingCanBeDone() {
        beat("w-2", 5);
        seesAnother("w-2");

        assertTrue(preflight.look().trouble().get(0).startsWith("worker w-2 is left out"));
    }

    @Test
    void aNewcomerIsLookedAtBeforeItsFirstGrantAndOnlyThen() {
        beat("w-1", 5);
        assertFalse(view.reserve("w-1", TASK), "nobody has looked");
        preflight.lookAtNewcomers();
        assertTrue(view.reserve("w-1", TASK));
        preflight.lookAtNewcomers();
        assertEquals(List.of("w-1"), asked);

        beat("w-1", 6);
        assertEquals(List.of(), ready(), "it has restarted");
        seesAnother("w-1");
        preflight.lookAtNewcomers();
        assertEquals(List.of(), ready());
        assertTrue(view.leftOut().getOrDefault("w-1", "").contains("give it the same state: section"));
    }

    @Test
    void aBlindWorkerIsAskedAgainAfterAWhile() {
        beat("w-1", 5);
        seesAnother("w-1");
        preflight.lookAtNewcomers();
        others.clear();
        preflight.lookAtNewcomers();
        assertEquals(List.of(), ready());

        time.advance(Sights.AGAIN);
        beat("w-1", 5);
        preflight.lookAtNewcomers();

        assertEquals(List.of("w-1"), ready());
        assertEquals(Map.of(), view.leftOut());
    }

    @Test
    void silenceIsNotReadyYet() {
        beat("w-1", 5);
        others.put("w-1", CompletableFuture.failedFuture(new ReplyException(ReplyFailure.TIMEOUT, "late")));

        assertTrue(preflight.look().trouble().get(0).contains("has not answered yet"));
        assertEquals(List.of(), ready());

        others.clear();
        assertEquals(StoreFinding.GOOD, preflight.look());
        assertEquals(List.of("w-1"), ready());
    }

    @Test
    void aWorkerThatCannotReadTheStoreIsLeftOut() {
        beat("w-1", 5);
        others.put(
                "w-1", CompletableFuture.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 1, "denied")));

        preflight.lookAtNewcomers();

        assertTrue(view.leftOut().getOrDefault("w-1", "").endsWith(": denied"));
    }

    @Test
    void aFleetWithoutWorkersIsNoTrouble() {
        assertEquals(StoreFinding.GOOD, preflight.look());
    }
}
