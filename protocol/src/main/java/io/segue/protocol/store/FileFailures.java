package io.segue.protocol.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says once what an {@link IOException} of the file system means to a caller of the store. */
final class FileFailures {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final List<String> FORBIDDEN =
            List.of("Read-only file system", "Operation not permitted", "Permission denied");
    private static final List<String> WRONG_SHAPE =
            List.of("Is a directory", "Not a directory", "File name too long", "Directory not empty");

    private FileFailures() {}

    /**
     * @param action what was tried, for example {@code "write"}
     * @param what the object, as the store describes it
     */
    static StoreException classify(IOException failure, String action, String what) {
        String failed = "cannot " + action + " " + what + ": ";
        if (failure instanceof NoSuchFileException) {
            return new StoreException.NotFound(failed + "there is no such file", failure);
        }
        if (failure instanceof AccessDeniedException) {
            return new StoreException.Refused(
                    failed + "access denied; check the permissions of the directory", failure);
        }
        String reason = reason(failure);
        if (failure instanceof FileAlreadyExistsException || names(WRONG_SHAPE, reason)) {
            return new StoreException.BadKey(failed
                    + "a file or directory of the same name is in the way, or the name is too long for a file ("
                    + reason
                    + ")");
        }
        if (names(FULL, reason)) {
            return new StoreException.Refused(failed + "the disk is full; free some space and try again", failure);
        }
        if (names(FORBIDDEN, reason)) {
            return new StoreException.Refused(failed + reason + "; check the file system and its permissions", failure);
        }
        return new StoreException.Unavailable(failed + reason, failure);
    }

    /** True where the directory part of a key is a file, so that no object can have the key. */
    static boolean nothingBelowAFile(FileSystemException failure) {
        return reason(failure).contains("Not a directory");
    }

    private static String reason(IOException failure) {
        @Nullable
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    private static boolean names(List<String> known, String reason) {
        return known.stream().anyMatch(reason::contains);
    }
}
