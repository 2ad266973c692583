import dev.pando.Pool
import dev.pando.process.Processes

case class Holder(all: List[Int])

enum Color:
  case Red

def row(name: String)(body: => Any): Unit =
  val said = try body.toString catch case refused: Throwable => s"${refused.getClass.getSimpleName}: ${refused.getMessage}"
  println(s"$name = $said")

@main def rows(): Unit =
  val pool = Pool.open(Processes.of(1))
  try
    row("enum") { pool.submit(() => Color.Red).result() }
    row("either") { pool.submit[Either[String, Int]](() => Right(1)).result() }
    row("map") { pool.submit(() => Map(1 -> Vector(2))).result() }
    row("holder") { pool.submit(() => Holder(List(1))).result() }
    val f = () => 5
    row("function") { pool.submit(() => f()).result() }
    val holder = Holder(List(1))
    row("captured") { pool.submit(() => holder.all.size).result() }
  finally pool.close()
  val accepting = Pool.open(Processes.of(1).accept("scala.**"))
  try row("accepted holder") { accepting.submit(() => Holder(List(1))).result() }
  finally accepting.close()
