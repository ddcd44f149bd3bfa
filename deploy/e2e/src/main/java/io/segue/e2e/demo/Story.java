package io.segue.e2e.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Tells whoever watches what happens, with the time since the start. Says nothing more once it is ended. */
final class Story {
    private final PrintStream out;
    private final long begin = System.nanoTime();
    private boolean ended;

    Story(PrintStream out) {
        this.out = out;
    }

    /** A new chapter. */
    synchronized void step(String text) {
        print("");
        print(elapsed() + "  " + text);
    }

    /** Something about the chapter. */
    synchronized void say(String text) {
        text.lines().forEach(line -> print("      " + line));
    }

    /** What a child process printed. */
    synchronized void quote(String line) {
        print("      | " + line);
    }

    /** As it is. */
    synchronized void print(String line) {
        if (!ended) {
            out.println(line);
            out.flush();
        }
    }

    synchronized void end() {
        ended = true;
    }

    /** Since the start, as m:ss. */
    String elapsed() {
        long seconds = Math.round((System.nanoTime() - begin) / 1e9);
        return String.format(Locale.ROOT, "%2d:%02d", seconds / 60, seconds % 60);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
