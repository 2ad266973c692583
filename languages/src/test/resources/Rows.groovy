import dev.pando.Pool
import dev.pando.Task
import dev.pando.process.Processes
import groovy.transform.CompileStatic
import java.util.concurrent.Callable

class Page implements Serializable {
    String name
    int words
}

@CompileStatic
class Tasks {
    static Task<?> list() { return () -> [1, 2] }

    static Task<?> map() { return () -> [a: 1, b: [2]] }

    static Task<?> range() { return () -> (1..3) }

    static Task<?> text(String name) { return () -> "page ${name}" }

    static Task<?> page() { return () -> new Page(name: 'oak', words: 3) }

    static Task<?> captured(Page page) { return () -> page.words }
}

static void row(String name, Callable body) {
    try {
        println "$name = ${body.call()}"
    } catch (Throwable refused) {
        println "$name = ${refused.class.simpleName}: ${refused.message}"
    }
}

try (Pool pool = Pool.open(Processes.of(1))) {
    row('list') { pool.submit(Tasks.list()).result() }
    row('map') { pool.submit(Tasks.map()).result() }
    row('range') { pool.submit(Tasks.range()).result() }
    row('text') { pool.submit(Tasks.text('oak')).result() }
    row('page') { pool.submit(Tasks.page()).result().name }
    row('captured') { pool.submit(Tasks.captured(new Page(words: 4))).result() }
    row('closure') { pool.submit({ 5 } as Task).result() }
    row('dehydrated') { pool.submit({ 5 }.dehydrate() as Task).result() }
}
