package dev.pando.junit.internal.worker;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/**
 * Comes with the annotation. In a worker it leaves out what has run in a worker that died. Elsewhere it lets the test
 * fail: a test that asks for a worker may exit or hang, and must not run without one because an option of the build has
 * left out our engine.
 */
public final class IsolationExtension implements ExecutionCondition, InvocationInterceptor {

    /** Made by JUnit. */
    public IsolationExtension() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        WorkerSession session = WorkerSession.current();
        if (session == null) {
            if (context.getConfigurationParameter("pando.junit.enabled")
                    .orElse("true")
                    .equals("false")) {
                return ConditionEvaluationResult.enabled("isolation is switched off");
            }
            throw new IllegalStateException(context.getDisplayName() + " is @Isolated, and would have run without a"
                    + " worker: let the test engine \"pando-junit\""
                    + " take part beside \"junit-jupiter\" (it runs"
                    + " no tests of a @Suite, and no single method of"
                    + " a class template), or say"
                    + " pando.junit.enabled=false");
        }
        String objection = session.objection(context.getUniqueId());
        return objection == null
                ? ConditionEvaluationResult.enabled("in a worker")
                : ConditionEvaluationResult.disabled(objection);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        WorkerSession session = WorkerSession.current();
        if (session != null && session.objection(context.getUniqueId()) != null) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }
}
