/*
 * A model that takes long to load stays in one worker, and answers one question after the other.
 *
 * The model is made once, in that worker, and never travels; only questions and answers do. If a question kills the
 * worker, the factory makes another model, and the questions that wait go on with it.
 */
import dev.pando.Actor;
import dev.pando.ActorOptions;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;

/** Stands for a model of a native library: it knows how often each word was asked. */
static class Model implements AutoCloseable {
    final Map<String, Integer> asked = new HashMap<>();

    static Model load() {
        System.out.println("loading the model");
        return new Model();
    }

    String ask(String word) {
        if (word.equals("crash")) {
            Runtime.getRuntime().halt(1); // as a native library might
        }
        return word + ", asked " + asked.merge(word, 1, Integer::sum) + " times";
    }

    @Override
    public void close() {
        System.out.println("closing the model");
    }
}

void main() {
    try (Pool pool = Pool.open(Processes.of(2));
            Actor<Model> model = pool.actor(Model::load, ActorOptions.DEFAULT.named("model").restarts(1))) {
        System.out.println(model.call(m -> m.ask("why")).result());
        System.out.println(model.call(m -> m.ask("why")).result());
        TaskFuture<String> fatal = model.call(m -> m.ask("crash"));
        TaskFuture<String> next = model.call(m -> m.ask("why"));
        System.out.println("the crash: " + fatal.exception().getClass().getSimpleName());
        System.out.println("a new model: " + next.result());
    }
}
