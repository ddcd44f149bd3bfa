package io.segue.coordinator.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.mapping.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResetPlanJsonTest {
    private static ResetPlan plan() {
        Worlds world = new Worlds()
                .proven("orders", 0, new Run(500, 0, 500))
                .unproven("payments", 0, "segment missing")
                .committed("order-processor", "orders", 0, 1000)
                .committed("order-processor", "payments", 0, 3)
                .committed("audit \"x\"", "orders", 0, 600, "é\n");
        return world.plan(world.snapshot());
    }

    /** Golden: what older releases stored has to stay readable, and this is what this one stores. */
    @Test
    void theFormatIsPinned() throws IOException {
        try (InputStream golden =
                Objects.requireNonNull(getClass().getResourceAsStream("/golden-plans/reset-plan.json"))) {
            String wanted = new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertEquals(wanted, new String(ResetPlanJson.write(plan()), StandardCharsets.UTF_8));
            assertEquals(plan(), ResetPlanJson.read("plan", wanted.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String refused(String text) {
        return String.valueOf(assertThrows(
                        InvalidPlanException.class,
                        () -> ResetPlanJson.read("p.json", text.getBytes(StandardCharsets.UTF_8)))
                .getMessage());
    }

    @Test
    void whatIsNoPlanIsRefusedByName() {
        String whole = new String(ResetPlanJson.write(plan()), StandardCharsets.UTF_8);

        assertTrue(refused("[]").contains("p.json is no reset plan"));
        assertTrue(refused("{\"groups\":[]}").contains("another tool made it"));
        assertTrue(refused(whole.replaceFirst("\"version\" : 1", "\"version\" : 9"))
                .contains("of version 9"));
        assertTrue(refused(whole.substring(0, whole.length() / 2)).contains("line "));
        assertTrue(refused(whole.replaceFirst("\"target_offset\" : 100", "\"target_offset\" : -5"))
                .contains("-5 is negative"));
        assertTrue(refused(whole.replaceFirst("\"partition_count\" : 1", "\"partition_count\" : 2"))
                .contains("cut or changed"));
    }
}
