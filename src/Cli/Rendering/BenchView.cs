using AdvFit.Learning.Benchmarks;
using AdvFit.Learning.Kernels;
using AdvFit.Sweeps.Local;
using Spectre.Console;

namespace AdvFit.Cli.Rendering;

/// <summary>Shows the measurements of <c>advfit bench</c>.</summary>
internal static class BenchView
{
    public static void Write(IAnsiConsole console, MachineTimings timings)
    {
        var machine = ThisMachine.Session(ThisProgram.Version, timings.Scaling.Threads);
        var scaling = timings.Scaling;
        console.Write(Tables.Heading("This machine\n"));
        console.Write(Tables.Facts(
        [
            ("processor", machine.Processor),
            ("system", machine.System),
            ("AdvFit", $"{machine.Version}, commit {machine.Commit}"),
            ("peak", $"{Giga(timings.PeakFlops)} GFLOP/s of fused multiply-adds on one core"),
            ("all cores", $"{Format.Count(scaling.Threads, "training")} of {scaling.Network.Name} at once, a thread each: "
                + $"{Format.Number(scaling.Together)} steps/s, {Format.Number(scaling.Ratio)} times the "
                + $"{Format.Number(scaling.Alone)} of one alone"),
        ]));
        console.Section($"Networks on {timings.Networks[0].Network.Input}, batches of {Tile.Lanes}, one core");
        console.Write(Networks(timings));
        console.Section(
            $"Attacks, profile paper, on {scaling.Network.Name} after {AttackBenchmark.Epochs} epochs of {AttackBenchmark.Dataset}, one core");
        console.Write(Attacks(timings));
        console.Section($"{NeighbourBenchmark.Count} nearest neighbours of {NeighbourBenchmark.Dataset}, one core");
        console.Write(Neighbours(timings));
        foreach (var network in timings.Networks)
        {
            console.Section($"Kernels of {network.Network.Name}, {Tile.Lanes} images, one core");
            console.Write(Kernels(network, timings.PeakFlops));
        }
    }

    private static Table Networks(MachineTimings timings)
    {
        var table = Tables.Create(
            ("network", Justify.Left), ("what", Justify.Left), ("ms", Justify.Right), ("images/s", Justify.Right),
            ("GFLOP/s", Justify.Right), ("of peak", Justify.Right));
        foreach (var network in timings.Networks)
        {
            Add("training step", network.TrainingStep);
            Add("forward", network.Forward);
            Add("forward + input gradient", network.ForwardAndGradient);

            void Add(string what, Measured measured) => table.Add(
                network.Network.Name, what, Format.Number(1e3 * measured.Seconds),
                Format.Number(Tile.Lanes / measured.Seconds), Giga(measured.Rate),
                Format.Percent(measured.Rate / timings.PeakFlops));
        }

        return table;
    }

    private static Table Attacks(MachineTimings timings)
    {
        var table = Tables.Create(
            ("attack", Justify.Left), ("images", Justify.Right), ("fooled", Justify.Right), ("ms/image", Justify.Right));
        foreach (var attack in timings.Attacks)
        {
            table.Add(
                attack.Attack, Format.Count(attack.Images), Format.Percent(attack.SuccessRate),
                Format.Number(1e3 * attack.SecondsPerImage));
        }

        return table;
    }

    private static Table Neighbours(MachineTimings timings)
    {
        var table = Tables.Create(
            ("queries", Justify.Left), ("images", Justify.Right), ("train", Justify.Right), ("ms/image", Justify.Right),
            ("Gop/s", Justify.Right), ("of peak", Justify.Right));
        foreach (var search in timings.Neighbours)
        {
            table.Add(
                search.Queries, Format.Count(search.Images), Format.Count(search.Train),
                Format.Number(1e3 * search.Work.Seconds / search.Images), Giga(search.Work.Rate),
                Format.Percent(search.Work.Rate / timings.PeakFlops));
        }

        return table;
    }

    private static Table Kernels(NetworkTimings network, double peak)
    {
        var table = Tables.Create(
            ("layer", Justify.Left), ("kernel", Justify.Left), ("MFLOP", Justify.Right), ("kB", Justify.Right),
            ("us", Justify.Right), ("GFLOP/s", Justify.Right), ("peak", Justify.Right));
        foreach (var kernel in network.Kernels)
        {
            var counts = kernel.Work.Flops > 0;
            table.Add(
                kernel.Layer, kernel.Kernel, counts ? Format.Number(kernel.Work.Flops / 1e6) : "",
                Format.Number(kernel.Bytes / 1e3), Format.Number(1e6 * kernel.Work.Seconds),
                counts ? Giga(kernel.Work.Rate) : "", counts ? Format.Percent(kernel.Work.Rate / peak) : "");
        }

        return table;
    }

    private static string Giga(double rate) => Format.Number(rate / 1e9);
}
