package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.protocol.store.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet reads a backup to its last record, and the headers of a target, as one process does. */
@Timeout(180)
class ReadingJobsIT {
    private static final String BACKUP = "reading-jobs";
    private static final String TOPIC = "reading-jobs-orders";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aFleetValidatesAndScansAsOneProcessDoes() throws Exception {
        Workload workload = new Workload(BACKUP, 0).topic(TOPIC, 3, 700);
        Path config = workload.write(directory, "include_original_offset_header: true\n");
        CommandLine fleet = SharedFleet.get().commands(directory);
        CommandLine alone = SharedFleet.get()
                .commands(Files.createDirectory(directory.resolve("alone")))
                .with("KAFKA_BACKUP_COORDINATOR", "");

        validates(fleet, alone);

        String restore =
                fleet.run("restore", "--config", config.toString()).expect(0).job();
        String[] scan = {
            "show-offset-mapping",
            "--bootstrap-servers",
            SharedFleet.bootstrap(),
            "--topic",
            TOPIC,
            "--source-cluster",
            "source-cluster"
        };
        CommandLine.Ended scanned = fleet.run(scan).expect(0);
        assertTrue(scanned.job().startsWith("scan-"), scanned.err());
        assertTrue(scanned.out().startsWith("Partition 0: Source offset 1000-"), scanned.out());
        assertEquals(alone.run(scan).expect(0).out(), scanned.out());
        verifies(fleet, restore);
    }

    private static void verifies(CommandLine fleet, String restore) throws Exception {
        CommandLine.Ended audit = fleet.run("verify", restore).expect(0);
        assertTrue(audit.out().contains(TOPIC + "/1 1000-1699"), audit.out());
        CommandLine.Ended same = fleet.run("verify", restore, "--deep").expect(0);
        assertTrue(same.err().contains("verification-"), same.err());
        assertTrue(same.out().endsWith("Result: 3 of 3 partitions the same\n"), same.out());

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedFleet.bootstrap()))) {
            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 1), RecordsToDelete.beforeOffset(7)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        CommandLine.Ended differs = fleet.run("verify", restore, "--deep").expect(3);
        assertTrue(
                differs.out().contains(TOPIC + "/1: DIFFERS: 693 records the same, 0 altered, 7 missing, 0 foreign"),
                differs.out());
        fleet.run("verify", "restore-20200101-000000-0000", "--deep").expect(2);
    }

    private static void validates(CommandLine fleet, CommandLine alone) throws Exception {
        String path = SharedFleet.state(SharedFleet.sandbox().s3(), "fleet-backups");
        String[] validate = {"validate", "-p", path, "-b", BACKUP, "--deep"};
        CommandLine.Ended good = fleet.run(validate).expect(0);
        assertTrue(good.job().startsWith("validation-"), good.err());
        assertTrue(good.out().startsWith("Read 2,100 records in "), good.out());
        assertTrue(good.out().contains("\nResult: VALID"), good.out());

        try (ObjectStore store = SharedFleet.store("fleet-backups")) {
            String key = store.list(BACKUP + "/topics/" + TOPIC + "/partition=1", 10)
                    .get(0)
                    .key();
            byte[] intact = store.read(key, 1 << 20);
            byte[] damaged = intact.clone();
            damaged[intact.length / 2] ^= 1;
            store.put(key, damaged);
            CommandLine.Ended bad = fleet.run(validate).expect(1);
            assertTrue(bad.out().contains("DAMAGED  " + TOPIC + "/1  " + key + ": has CRC "), bad.out());
            assertTrue(bad.out().endsWith("Result: INVALID (1 damage)\n"), bad.out());
            assertEquals(withoutHeadline(alone.run(validate).expect(1).out()), bad.out());
            store.put(key, intact);
        }
    }

    /** Only a process that reads the manifest itself tells its totals. */
    private static String withoutHeadline(String out) {
        return out.substring(out.indexOf('\n') + 1);
    }
}
