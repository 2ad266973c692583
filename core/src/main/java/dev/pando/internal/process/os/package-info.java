/**
 * What a pool of worker JVMs needs of the operating system, behind one seam. Used by both programs, the parent and the
 * worker; imports nothing else of ours, and nothing that makes a JVM start slower.
 *
 * <pre>
 *   parent                                          worker: leader of a session of its own
 *   ┌────────────────────┐  pipe ───────────► fd 3  ┌──────────────────┐
 *   │ detached(command)  │  pipe ◄─────────── fd 4  │ commands()       │
 *   │ resident(pid)      │  pipe ◄──────── fd 1, 2  │ answers()        │
 *   │ signal(exit code)  │                          │ endOwnFamily()   │
 *   │ oomKills()         │                          └───┬──────────────┘
 *   │ family(pid, mark)  │ ── end() ──► all that are in ├─ child             same session
 *   └────────────────────┘              this tree       └─ child that left   same PANDO_WORKER in its environment
 *        SealedFile, UnlinkedFile : memory for both     MemoryRoom : how much is left
 *        CrashLog : where a JVM crashed, from what it wrote        ByteSize : "512m" → bytes
 * </pre>
 *
 * <p>Linux is done. Elsewhere ({@code PlainJavaSystem}) a worker speaks over its stdin and stdout, so native code that
 * prints breaks it; its family is what {@code ProcessHandle.descendants()} finds while it lives; numbers and signals
 * are absent, and with them a cap on memory; shared memory is not sealed; whose a folder is is not known, so there is
 * no archive of classes. It has never been run there. Beside this package only {@code StderrPipe}, which does without,
 * and the error numbers in {@code WorkerLauncher} know of Linux.
 *
 * <p>macOS would need: the shell line of {@code LinuxSystem} with perl's {@code setsid}, {@code /dev/fd} being there;
 * {@code ps -axo pid=,pgid=,rss=,lstart=} for /proc (its {@code sess} is no number, but a worker leads its group too);
 * its own signal and error numbers. {@code ps -E} shows the mark, though not of the programs that the system protects,
 * so one of those that has left the group is lost. 256 files are open at most by default: ulimit. Windows would need,
 * by the foreign-function API: a job object with kill-on-close, which is a process tree that no process can leave,
 * {@code QueryInformationJobObject} for its memory, two named pipes for 3 and 4, NTSTATUS for signals, and a jar with a
 * manifest for class paths beyond the 32 767 characters of a command line.
 *
 * <p>Any thread may call anything here. Start reading at {@link dev.pando.internal.process.os.OperatingSystem}.
 */
package dev.pando.internal.process.os;
