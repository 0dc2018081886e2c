using System.Text.Json;
using AdvFit.Learning.Benchmarks;
using AdvFit.Learning.Kernels;
using AdvFit.Messages.Json;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Rendering;

/// <summary>
/// What <c>advfit bench</c> measured, for programs: the first network at the top, any others in <c>otherNetworks</c>.
/// </summary>
internal static class BenchJson
{
    private const int SchemaVersion = 1;

    public static void Write(MachineTimings timings) => JsonOutput.Write(json =>
    {
        var session = ThisMachine.Session(ThisProgram.Version, timings.Scaling.Threads);
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteString("version", session.Version);
        json.WriteString("commit", session.Commit);
        json.WriteMember("machine", new { session.Processor, session.System, VectorBits = (int)timings.Width });
        json.WriteMember("peak", new { GigaflopsPerSecond = timings.PeakFlops / 1e9 });
        json.WriteString("network", timings.Networks[0].Network.Name);
        json.WriteString("input", timings.Networks[0].Network.Input.ToString());
        json.WriteNumber("batch", Tile.Lanes);
        WriteNetwork(json, timings.Networks[0], timings.PeakFlops);
        json.WriteMember("scaling", new
        {
            timings.Scaling.Threads, StepsPerSecondAlone = timings.Scaling.Alone,
            StepsPerSecondTogether = timings.Scaling.Together, timings.Scaling.Ratio,
        });
        json.WriteStartObject("attacks");
        foreach (var attack in timings.Attacks)
        {
            json.WriteMember(attack.Attack, new
            {
                attack.Profile, attack.Images, attack.SuccessRate, MillisecondsPerImage = 1e3 * attack.SecondsPerImage,
            });
        }

        json.WriteEndObject();
        json.WriteStartObject("neighbours");
        foreach (var search in timings.Neighbours)
        {
            json.WriteMember(search.Queries, new
            {
                search.Images, TrainImages = search.Train, Neighbours = NeighbourBenchmark.Count,
                MillisecondsPerImage = 1e3 * search.Work.Seconds / search.Images,
                GigaoperationsPerSecond = search.Work.Rate / 1e9, ShareOfPeak = search.Work.Rate / timings.PeakFlops,
            });
        }

        json.WriteEndObject();
        json.WriteStartObject("otherNetworks");
        foreach (var network in timings.Networks.Skip(1))
        {
            json.WriteStartObject(network.Network.Name);
            WriteNetwork(json, network, timings.PeakFlops);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private static void WriteNetwork(Utf8JsonWriter json, NetworkTimings network, double peak)
    {
        json.WriteMember("trainingStep", Pass(network.TrainingStep, peak));
        json.WriteMember("forward", Pass(network.Forward, peak));
        json.WriteMember("forwardAndInputGradient", Pass(network.ForwardAndGradient, peak));
        json.WriteMember(
            "kernels",
            from kernel in network.Kernels
            select new
            {
                kernel.Layer, kernel.Kernel, kernel.Work.Flops, kernel.Bytes, Microseconds = 1e6 * kernel.Work.Seconds,
                GigaflopsPerSecond = kernel.Work.Rate / 1e9, ShareOfPeak = kernel.Work.Rate / peak,
            });
    }

    private static object Pass(Measured measured, double peak) => new
    {
        Milliseconds = 1e3 * measured.Seconds, ImagesPerSecond = Tile.Lanes / measured.Seconds,
        ShareOfPeak = measured.Rate / peak,
    };
}
