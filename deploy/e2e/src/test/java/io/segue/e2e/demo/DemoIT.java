package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.source.GroupSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo in small: real brokers, a real S3 server, a restore that is really killed. */
class DemoIT {
    @Test
    void everyRecordOnceAndEveryGroupAtItsRecord() throws InterruptedException {
        List<Result> results = new ArrayList<>();
        Path kafkaBackup = Path.of("..", "kafka-backup").toAbsolutePath().normalize();
        int exit = DemoMain.run(
                new DemoOptions(DemoOptions.FEWEST_RECORDS, false, kafkaBackup), new Story(System.out), results::add);
        assertEquals(1, results.size(), "the demo did not come to its end");
        Result result = results.get(0);
        assertEquals(List.of(), result.findings());
        assertEquals(
                List.of("worker-2", "coordinator-1"),
                result.deaths().stream().map(RestoreAct.Death::name).toList());
        result.deaths()
                .forEach(death -> assertTrue(death.records() > 0 && death.records() < result.records(), result::table));
        assertEquals(GroupSpec.all().size(), result.proof().exactGroups());
        assertEquals(0, exit);
    }
}
