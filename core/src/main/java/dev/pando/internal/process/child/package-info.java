/**
 * What runs inside a worker JVM: a program of its own, which knows the wire and nothing of pools.
 *
 * <pre>
 *   descriptor 3 ──► CommandSource ──► CommandInbox ──► TaskRunner (the main thread) ──► ReplyWriter ──► descriptor 4
 *                       │                                 │ decode, call, encode            ▲
 *                       └► RemoteClasses ◄ a class is missing ─────────────────────────────-┘
 * </pre>
 *
 * <p>Start reading at {@link dev.pando.internal.process.child.TaskRunner}.
 */
package dev.pando.internal.process.child;
