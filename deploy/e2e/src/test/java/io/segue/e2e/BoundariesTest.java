package io.segue.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boundaries of the architecture: protocol below worker and coordinator, which do not see each other; deploy on top. */
final class BoundariesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.segue.protocol", "io.segue.worker", "io.segue.coordinator", "io.segue.cli");

    @ParameterizedTest
    @CsvSource({
        "io.segue.protocol.., io.segue.worker..",
        "io.segue.protocol.., io.segue.coordinator..",
        "io.segue.protocol.., io.segue.cli..",
        "io.segue.worker.., io.segue.coordinator..",
        "io.segue.worker.., io.segue.cli..",
        "io.segue.coordinator.., io.segue.worker..",
        "io.segue.coordinator.., io.segue.cli..",
        "io.segue.cli.., io.segue.sandbox..",
    })
    void neverSees(String lower, String upper) {
        noClasses()
                .that()
                .resideInAPackage(lower)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(upper)
                .check(CLASSES);
    }

    /** What comes from outside enters through named packages; the rest sees our ports. */
    @ParameterizedTest
    @CsvSource({
        "software.amazon.., io.segue.protocol.store.s3..",
        "io.vertx.kafka.., io.segue.protocol.kafka.vertx.. | io.segue.worker.backup..",
        "org.apache.kafka.., io.segue.protocol.kafka.vertx.. | io.segue.worker.append.wire.. | io.segue.worker.backup..",
        "com.hazelcast.., io.segue.protocol.cluster..",
        "io.vertx.spi.cluster.hazelcast.., io.segue.protocol.cluster..",
        "com.github.luben.., io.segue.protocol.segment..",
        "picocli.., io.segue.cli..",
        "io.vertx.ext.web.., io.segue.coordinator.api..",
        "io.micrometer.., io.segue.coordinator.api.. | io.segue.worker.http..",
    })
    void entersOnlyThrough(String library, String packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages.split(" \\| "))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Manager|Helper)")
                .check(CLASSES);
    }

    /**
     * Packages below a top-level one may know one another ({@code store} picks {@code store.s3} by the scheme of a URL, and
     * that implements its port), and the root package of a module its features: the command line's is its table of contents.
     */
    @Test
    void featuresOfAModuleHaveAnOrder() {
        slices().matching("io.segue.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theRulesSeeEveryModule() {
        for (String name : new String[] {
            "io.segue.protocol.store.ObjectStore",
            "io.segue.worker.agent.WorkerAgent",
            "io.segue.coordinator.dispatch.Dispatch",
            "io.segue.cli.KafkaBackupMain"
        }) {
            assertTrue(CLASSES.contain(name), name);
        }
    }
}
