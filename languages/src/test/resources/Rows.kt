import dev.pando.Pool
import dev.pando.local.Threads
import dev.pando.process.Processes
import java.io.Serializable
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

data class Plain(val n: Int)

data class Holder(val pair: Pair<Int, Int>) : Serializable

object Library {
    fun name() = "library"
}

fun row(name: String, body: () -> Any?) {
    val said = try {
        body().toString()
    } catch (refused: Throwable) {
        generateSequence(refused) { it.cause }.joinToString { "${it.javaClass.simpleName}: ${it.message}" }
    }
    println("$name = $said")
}

fun main() {
    Pool.open(Processes.of(1)).use { pool ->
        row("plain") { pool.submit { Plain(1) }.result() }
        row("pair") { pool.submit { 1 to Triple(1, 2, 3) }.result() }
        row("holder") { pool.submit { Holder(1 to 2) }.result() }
        row("built") { pool.submit { buildList { add(1) } }.result() }
        row("copied") { pool.submit { ArrayList(buildList { add(1) }) }.result() }
        row("map") { pool.submit { mapOf(1 to 2) + emptyMap() }.result() }
        row("range") { pool.submit { 1..3 }.result() }
        val function = { 5 }
        row("function") { pool.submit(function).result() }
        row("object") { pool.submit(Library::name).result() }
        row("block") { pool.submit { Library.name() }.result() }
        var count = 0
        row("there") { pool.submit { count++; count }.result() }
        row("here") { count }
        row("dispatcher") { runBlocking { withContext(pool.asCoroutineDispatcher()) { 1 } } }
    }
    Pool.open(Processes.of(1).accept("kotlin.*", "kotlin.collections.builders.*")).use { pool ->
        row("accepted holder") { pool.submit { Holder(1 to 2) }.result() }
        row("accepted list") { pool.submit { buildList { add(1) } }.result() }
        row("accepted map") { pool.submit { buildMap { put(1, 2) } }.result() }
    }
    Pool.open(Threads.of(1)).use { pool ->
        row("local dispatcher") { runBlocking { async(pool.asCoroutineDispatcher()) { 1 }.await() } }
    }
}
