package io.segue.e2e.chaos;

import io.segue.e2e.fleet.KafkaBackup;
import io.segue.e2e.fleet.Stage;
import io.segue.e2e.proof.Clients;
import io.segue.e2e.proof.Deadline;
import io.segue.e2e.proof.Proof;
import io.segue.e2e.proof.RunFailure;
import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.TopicSpec;
import io.segue.sandbox.faults.Fault;
import io.segue.sandbox.faults.FaultRule;
import io.segue.sandbox.faults.InjectedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** One restore in the midst of faults, to its end. */
final class Round {
    private static final Duration UNDER_CHAOS = Duration.ofMinutes(4);
    private static final Duration IN_PEACE = Duration.ofMinutes(5);
    private static final int MOST_RESUMES = 5;
    private static final Pattern JOB = Pattern.compile("Job (\\S+)");

    private final Stage stage;
    private final SmallDisk disk;
    private final Prepared prepared;
    private final Consumer<String> story;

    Round(Stage stage, SmallDisk disk, Prepared prepared, Consumer<String> story) {
        this.stage = stage;
        this.disk = disk;
        this.prepared = prepared;
        this.story = story;
    }

    /**
     * What happened.
     *
     * @param strikes the faults, by name, in the order of time within each lane
     * @param resumes how often the job had to be resumed by hand when all was well again
     * @param records that were to be restored
     */
    record Outcome(long records, List<String> strikes, int resumes, Proof proof) {}

    /** What is about to be restored. */
    String words() {
        return "mix " + prepared.mix() + ", " + prepared.records() + " records";
    }

    Outcome run(long seed) throws InterruptedException {
        KafkaBackup.Running restore = stage.kafkaBackup()
                .start("three-phase-restore", "--config", prepared.config().toString());
        List<String> strikes = new ArrayList<>();
        try (Admin admin = Clients.admin(stage.target());
                InjectedFault slow = slowly()) {
            List<Lane> lanes = lanes(seed, admin);
            try {
                restore.awaitWithin(UNDER_CHAOS);
            } finally {
                lanes.forEach(Lane::close);
            }
            lanes.forEach(lane -> strikes.addAll(lane.done()));
            story.accept(slow.fired() + " segments were read");
        }
        int resumes = toTheEnd(restore);
        Proof proof = new Check(stage.source(), stage.target(), prepared).proof(story);
        return new Outcome(prepared.records(), strikes, resumes, proof);
    }

    private List<Lane> lanes(long seed, Admin admin) {
        FleetStrikes fleet = new FleetStrikes(stage.fleet());
        BrokerStrikes brokers = new BrokerStrikes(stage.targetBrokers(), admin, targetPartitions());
        StoreStrikes store = new StoreStrikes(stage.s3().faults(), disk.temporary(), disk.isSmall());
        return List.of(
                Lane.start("fleet", new Plan(seed, fleet.kinds()), fleet::strike, story),
                Lane.start("brokers", new Plan(~seed, brokers.kinds()), brokers::strike, story),
                Lane.start("store", new Plan(Long.reverse(seed), store.kinds()), store::strike, story));
    }

    private List<TopicPartition> targetPartitions() {
        return prepared.topics().stream()
                .filter(topic -> !topic.name().equals(prepared.mix().repartitioned()))
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
    }

    /** So that the restore lasts long enough for something to happen to it. */
    private InjectedFault slowly() {
        return stage.s3()
                .faults()
                .inject(FaultRule.always(new Fault.Delay(Duration.ofMillis(1_200)))
                        .onMethod("GET")
                        .onKey("production/" + prepared.mix().backupId() + "/topics/"));
    }

    private int toTheEnd(KafkaBackup.Running first) throws InterruptedException {
        KafkaBackup.Running running = first;
        for (int resumes = 0; ; resumes++) {
            Optional<Integer> code = running.awaitWithin(IN_PEACE);
            if (code.equals(Optional.of(0))) {
                return resumes;
            }
            String ended = code.map(known -> "exit code " + known).orElse("not ended within " + IN_PEACE);
            story.accept(ended + ":\n" + String.join("\n", running.tail()));
            if (code.isEmpty() || resumes == MOST_RESUMES) {
                throw new RunFailure("the restore does not come to its end: " + ended);
            }
            running = again(running);
        }
    }

    private KafkaBackup.Running again(KafkaBackup.Running before) {
        Optional<String> job = before.printed().stream()
                .map(JOB::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
        return job.map(id -> stage.kafkaBackup().start("resume", id))
                .orElseGet(() -> stage.kafkaBackup()
                        .start(
                                "three-phase-restore",
                                "--config",
                                prepared.config().toString()));
    }

    /** Takes topics and groups from the target, for the next round. */
    void clean() throws InterruptedException {
        List<String> topics = prepared.topics().stream().map(TopicSpec::name).toList();
        try (Admin admin = Clients.admin(stage.target())) {
            Clients.await(admin.deleteConsumerGroups(
                            prepared.mix().groups().stream().map(GroupSpec::id).toList())
                    .all());
            Clients.await(admin.deleteTopics(topics).all());
            Deadline deadline = Deadline.in(Duration.ofMinutes(1));
            Stream<String> left;
            do {
                deadline.check(() -> "the target does not delete " + topics);
                left = Clients.await(admin.listTopics().names()).stream().filter(topics::contains);
            } while (left.findAny().isPresent());
        }
    }
}
