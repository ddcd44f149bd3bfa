package io.segue.protocol.store;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileFailuresTest {
    @Test
    void aFullDiskNeedsAPerson() {
        assertClass(StoreException.Refused.class, new IOException("No space left on device"), "free some space");
        assertClass(StoreException.Refused.class, reason("Disk quota exceeded"), "free some space");
    }

    @Test
    void permissionsNeedAPerson() {
        assertClass(StoreException.Refused.class, new AccessDeniedException("/a"), "permissions");
        assertClass(StoreException.Refused.class, reason("Read-only file system"), "Read-only file system");
        assertClass(StoreException.Refused.class, reason("Operation not permitted: no hard links"), "hard links");
    }

    @Test
    void namesThatCannotBe() {
        assertClass(StoreException.BadKey.class, reason("File name too long"), "too long");
        assertClass(StoreException.BadKey.class, reason("Is a directory"), "in the way");
        assertClass(StoreException.BadKey.class, new FileAlreadyExistsException("/a"), "in the way");
        assertClass(StoreException.NotFound.class, new NoSuchFileException("/a"), "no such file");
    }

    @Test
    void theRestIsWorthAnotherTry() {
        assertClass(StoreException.Unavailable.class, new IOException("Input/output error"), "Input/output error");
        assertClass(StoreException.Unavailable.class, reason("Stale file handle"), "Stale file handle");
        assertClass(StoreException.Unavailable.class, new IOException(), "IOException");
    }

    private static FileSystemException reason(String reason) {
        return new FileSystemException("/a", null, reason);
    }

    private static void assertClass(Class<? extends StoreException> expected, IOException failure, String said) {
        StoreException classified = FileFailures.classify(failure, "write", "file:///root/key");
        assertInstanceOf(expected, classified);
        assertTrue(classified.getMessage().contains(said), classified.getMessage());
        assertTrue(classified.getMessage().contains("cannot write file:///root/key"), classified.getMessage());
    }
}
