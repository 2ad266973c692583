/**
 * Class files for workers: {@code ClassServer} numbers the class loaders of this program and answers a worker that
 * lacks a class; {@code CodePlaces} says which code every worker has anyway; {@code RedefinedSnippets} finds classes
 * that jshell has changed; {@code SeenLambdas} keeps the templates that an idle worker may rehearse. Start reading at
 * {@code ClassServer}.
 */
package dev.pando.internal.process.classes;
