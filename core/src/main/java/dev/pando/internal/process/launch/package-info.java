/**
 * How a worker JVM is started: its command line, its class path, the arguments it inherits, its archive of classes.
 *
 * <pre>
 *    LaunchOptions ──► WorkerLauncher ──► Process
 *                          ├── WorkerCommand          the command line of all workers
 *                          │     └── WorkerClassPath  where its classes are
 *                          ├── InheritedArguments     which options of this JVM hold for it too
 *                          ├── DebugPort              which worker a debugger finds
 *                          ├── CrashFolder            where it leaves its crash log
 *                          └── CdsArchive             classes that every worker loads, mapped from a file
 *                                └── ArchiveFolder    where that lies, and whether it is what was made
 * </pre>
 *
 * <p>Called by the thread of the worker that is started. Start reading at {@code WorkerLauncher}.
 */
package dev.pando.internal.process.launch;
