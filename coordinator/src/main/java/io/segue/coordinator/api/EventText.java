package io.segue.coordinator.api;

import io.segue.protocol.job.view.JobView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one follower of a job is sent, as server-sent events: {@code view} for each new view, {@code log} for each line that
 * it does not have yet, {@code end} with the last view. The id of an event says which lines the follower has after it:
 * {@code epoch-next}.
 */
final class EventText {
    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    private final int after;
    private int epoch = -1;
    private long next;
    private @Nullable JobView last;
    private boolean ended;

    /**
     * @param lastEventId the id of the last event that the follower got; anything else counts as none
     * @param after number of the command that the leader must have taken in before an end counts; 0: none
     */
    EventText(Optional<String> lastEventId, int after) {
        this.after = after;
        Matcher id = ID.matcher(lastEventId.orElse(""));
        if (id.matches()) {
            epoch = Integer.parseInt(id.group(1));
            next = Long.parseLong(id.group(2));
        }
    }

    /** True once the end was sent: nothing follows. */
    boolean ended() {
        return ended;
    }

    /** The events that a view makes; empty if it says nothing new. */
    String of(JobView view) {
        if (ended || view.equals(last)) {
            return "";
        }
        last = view;
        StringBuilder text = new StringBuilder();
        String bare = Answers.json(view.withoutLog());
        if (epoch != view.log().epoch()) {
            epoch = view.log().epoch();
            next = view.log().first();
        }
        event(text, "view", bare);
        lines(text, view.log());
        if (view.state().ended() && view.commands() >= after) {
            ended = true;
            event(text, "end", bare);
        }
        return text.toString();
    }

    private void lines(StringBuilder text, JobView.Log log) {
        if (log.first() > next) {
            long missed = log.first() - next;
            next = log.first();
            event(text, "log", "(" + missed + " lines left out)");
        }
        List<String> lines = log.lines();
        for (long number = next; number < log.next(); number++) {
            next = number + 1;
            event(text, "log", lines.get((int) (number - log.first())));
        }
    }

    private void event(StringBuilder text, String name, String data) {
        text.append("event: ")
                .append(name)
                .append("\nid: ")
                .append(epoch)
                .append('-')
                .append(next);
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("\ndata: ").append(line);
        }
        text.append("\n\n");
    }
}
