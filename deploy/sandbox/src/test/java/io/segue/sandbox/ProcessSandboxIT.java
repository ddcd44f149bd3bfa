package io.segue.sandbox;

import io.segue.sandbox.process.SharedSandbox;

final class ProcessSandboxIT extends SandboxContract {
    @Override
    Sandbox sandbox() {
        return SharedSandbox.three();
    }
}
