package io.segue.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boundaries between modules and packages: who may know whom, and where foreign libraries may be seen. */
class ArchitectureTest {
    private static final String PROTOCOL = "io.segue.protocol..";
    private static final String WORKER = "io.segue.worker..";
    private static final String COORDINATOR = "io.segue.coordinator..";
    private static final String[] DEPLOY = {"io.segue.cli..", "io.segue.sandbox..", "io.segue.bench.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("io.segue");

    @ParameterizedTest
    @ValueSource(strings = {PROTOCOL, WORKER, COORDINATOR, "io.segue.cli..", "io.segue.sandbox.."})
    void theRulesSeeEveryModule(String module) {
        String prefix = module.substring(0, module.length() - "..".length());
        assertTrue(
                CLASSES.stream()
                                .filter(found -> found.getPackageName().startsWith(prefix))
                                .count()
                        > 10,
                module);
    }

    @Test
    void theProtocolKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WORKER, COORDINATOR)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DEPLOY)
                .check(CLASSES);
    }

    @Test
    void workerAndCoordinatorNeverSeeEachOther() {
        noClasses()
                .that()
                .resideInAPackage(WORKER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COORDINATOR)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(COORDINATOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WORKER)
                .check(CLASSES);
    }

    @Test
    void whatDeploysThemIsKnownToNeither() {
        noClasses()
                .that()
                .resideInAnyPackage(WORKER, COORDINATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DEPLOY)
                .check(CLASSES);
    }

    @Test
    void theSandboxIsForTestsAndDemoOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.segue.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.segue.sandbox..")
                .check(CLASSES);
    }

    @Test
    void onePackageSpeaksS3() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.segue.protocol.store.s3")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }

    /** Kafka's own classes come with its versions: whoever sees them has to be looked at with each. */
    @Test
    void fewPackagesSpeakKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        // groups, topics, offsets: the one port to a cluster's administration
                        "io.segue.protocol.kafka.vertx",
                        // checks the clients' settings with the clients' own definitions
                        "io.segue.protocol.config",
                        // fenced append needs requests that the public producer does not expose
                        "io.segue.worker.append.wire",
                        // the hot loop of a backup: the native consumer
                        "io.segue.worker.backup",
                        // brokers in processes of their own
                        "io.segue.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.vertx.kafka..", "kafka..")
                .check(CLASSES);
    }

    /** One package of each process will see it, when there is a fleet. */
    @Test
    void nobodyKnowsHazelcastYet() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassDoes() {
        for (String empty : List.of("Impl", "Util", "Utils", "Manager", "Helper")) {
            classes().should().haveSimpleNameNotEndingWith(empty).check(CLASSES);
        }
    }

    /**
     * Packages below a top-level one may know one another ({@code store} picks {@code store.s3} by the scheme of a URL, and
     * that implements its port), and the root package of a module its features: the command line's is its table of contents.
     */
    @Test
    void featuresOfAModuleHaveAnOrder() {
        slices().matching("io.segue.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
