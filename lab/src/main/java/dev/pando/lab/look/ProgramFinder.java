package dev.pando.lab.look;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * The programs of this user that have opened a pool. A JVM is asked whether it has loaded Pando's class of pools, which
 * loads nothing into it; all are asked at once, because a stopped one does not answer.
 */
public final class ProgramFinder {
    private static final String WORKER = "dev.pando.internal.process.child.";
    private static final String POOL = "dev.pando.internal.PoolImpl";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A JVM by its number, and the first word of its command. */
    public record FoundProgram(long pid, String main) {}

    private ProgramFinder() {}

    /** Returns them, the smallest number first. */
    public static List<FoundProgram> all() {
        List<FutureTask<Boolean>> asked = new ArrayList<>();
        List<FoundProgram> programs = new ArrayList<>();
        for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
            long pid = Long.parseLong(jvm.id());
            if (pid == ProcessHandle.current().pid() || jvm.displayName().startsWith(WORKER)) {
                continue;
            }
            FutureTask<Boolean> asking = new FutureTask<>(() -> PatientCall.of("", PATIENCE, () -> hasPools(jvm)));
            Thread.ofPlatform().daemon().name("pando-look").start(asking);
            asked.add(asking);
            programs.add(new FoundProgram(pid, CleanText.of(jvm.displayName().replaceFirst(" .*", ""))));
        }
        List<FoundProgram> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (isTrue(asked.get(i))) {
                found.add(programs.get(i));
            }
        }
        found.sort(Comparator.comparingLong(FoundProgram::pid));
        return found;
    }

    private static boolean isTrue(FutureTask<Boolean> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException notToBeLookedAt) {
            return false;
        }
    }

    private static boolean hasPools(VirtualMachineDescriptor jvm) throws IOException, LookFailure {
        try {
            VirtualMachine machine = VirtualMachine.attach(jvm);
            try {
                return answer(machine, "VM.class_hierarchy " + POOL).contains(POOL + "/");
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            return false;
        }
    }

    /** Asks as the JDK's jcmd does, by a method that the launcher has opened to us. */
    private static String answer(VirtualMachine machine, String command) throws IOException, LookFailure {
        try {
            Object answer = machine.getClass()
                    .getSuperclass()
                    .getMethod("executeJCmd", String.class)
                    .invoke(machine, command);
            try (InputStream text = (InputStream) answer) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LookFailure("a JVM cannot be asked without --add-exports jdk.attach/sun.tools.attach: " + e);
        }
    }
}
