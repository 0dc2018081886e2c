using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using AdvFit.Actors;
using AdvFit.Cluster.Bench;
using AdvFit.Messages;
using AdvFit.Scale;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;

// How much the cluster adds to a sweep: its real actors, wire format and journal, coordinators and nodes over loopback, the
// work itself simulated. A shuffle has four stages to record, each once by its entity and once by its sweep: assigned, an
// epoch, an attack, evaluated.
var shuffles = new Option<int>("--shuffles") { DefaultValueFactory = _ => 100_000, Description = "Runs of the sweep." };
var journal = new Option<string>("--journal") { DefaultValueFactory = _ => "postgres", Description = "Kind of database." };
journal.AcceptOnlyFromAmong("postgres", "sqlite");
var coordinators = new Option<int>("--coordinators") { DefaultValueFactory = _ => 1, Description = "Coordinators." };
var nodes = new Option<int>("--nodes") { DefaultValueFactory = _ => 2, Description = "Nodes." };
var slots = new Option<int>("--slots") { DefaultValueFactory = _ => 32, Description = "Slots of each node." };
var command = new RootCommand("Measures what the cluster adds to the work of a sweep.") { shuffles, journal, coordinators, nodes, slots };
command.SetAction(async parsed =>
{
    using var database = Database.Of(parsed.GetValue(journal)!);
    await Measure(
        database, parsed.GetValue(shuffles), parsed.GetValue(coordinators), parsed.GetValue(nodes), parsed.GetValue(slots));
});
return await command.Parse(args).InvokeAsync();

static async Task Measure(Database database, int shuffles, int coordinators, int nodes, int slots)
{
    var spec = new SweepSpec(
        "bench", "none", null, "lenet5", new TrainingSpec(1, 32, 0.003),
        [new AttackSpec("fgsm", "fgsm", "paper", ImmutableSortedDictionary<string, double>.Empty, null)], shuffles, 1);
    var submit = new SubmitSweep(
        SweepId.Of(spec), spec, new DataProvenance("none", 10_000, 2_000, new string('d', 64), []), FailFast: false);
    var executor = new CountingExecutor(new SimulatedExecutor(spec), shuffles);
    await using (var cluster = await LocalCluster.Start(coordinators, nodes, slots, database.Settings, _ => executor))
    {
        // Tables are made, singletons begun.
        await cluster.Ask<CoordinatorKey>(new ListSweeps());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var running = await Measured.Of(database, async () =>
        {
            await cluster.Ask<CoordinatorKey>(submit);
            await executor.All;
        });
        var analysed = await Measured.Of(database, () => Results(cluster, submit.Sweep));
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var (events, bytes) = database.Size();
        Print($"runs/s                      {shuffles / running.Wall.TotalSeconds,10:0.0}");
        Print($"events/s                    {events / running.Wall.TotalSeconds,10:0}");
        Print($"by the clock, ms/run        {running.Wall.TotalMilliseconds / shuffles,10:0.000}");
        Print($"processor, ms/run           {running.Cpu.TotalMilliseconds / shuffles,10:0.000}");
        Print($"processor of database, ms/run {running.DatabaseCpu.TotalMilliseconds / shuffles,8:0.000}");
        Print($"events/run                  {(double)events / shuffles,10:0.00}");
        Print($"database, bytes/run         {(double)bytes / shuffles,10:0}");
        Print($"memory, bytes/run           {(double)memory / shuffles,10:0}");
        PrintMeasured("results after the last run", analysed);
    }

    LocalCluster? successor = null;
    PrintMeasured("another coordinator answers", await Measured.Of(database, async () =>
    {
        successor = await LocalCluster.Start(coordinators, 0, 1, database.Settings, _ => executor);
        await successor.Ask<CoordinatorKey>(new LoadSweep(submit.Sweep));
    }));
    await using (successor)
    {
        PrintMeasured("and has the results", await Measured.Of(database, () => Results(successor!, submit.Sweep)));
    }
}

// All of the sweep's results, with its last event.
static async Task Results(LocalCluster cluster, string sweep)
{
    var stands = (LoadedSweep)await cluster.Ask<CoordinatorKey>(new LoadSweep(sweep));
    if (SweepReplay.Of(stands.Snapshot).State is not { AllEnded: true })
    {
        throw new InvalidOperationException("The sweep was not completed.");
    }

    long? edition = null;
    for (var (offset, total) = (0, 1); offset < total;)
    {
        var part = (ResultsPart)await cluster.Ask<AnalysisKey>(new LoadResults(sweep, stands.Snapshot.Number, offset, edition));
        (edition, offset, total) = (part.Edition, offset + part.Bytes.Length, part.Total);
    }
}

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

static void PrintMeasured(string what, Measured measured) => Print(
    $"{what,-28}{measured.Wall.TotalSeconds,10:0.00} s by the clock, processor {measured.Cpu.TotalSeconds:0.00} s, of database {measured.DatabaseCpu.TotalSeconds:0.00} s");
