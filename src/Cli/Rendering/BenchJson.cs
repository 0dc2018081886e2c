using System.Text.Json;
using AdvFit.Learning.Benchmarks;
using AdvFit.Learning.Kernels;
using AdvFit.Sweeps.Json;
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
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        WriteMachine(json, timings);
        json.WriteStartObject("peak");
        json.WriteNumber("gigaflopsPerSecond", timings.PeakFlops / 1e9);
        json.WriteEndObject();
        json.WriteString("network", timings.Networks[0].Network.Name);
        json.WriteString("input", timings.Networks[0].Network.Input.ToString());
        json.WriteNumber("batch", Tile.Lanes);
        WriteNetwork(json, timings.Networks[0], timings.PeakFlops);
        WriteScaling(json, timings.Scaling);
        WriteAttacks(json, timings);
        WriteNeighbours(json, timings);
        json.WriteStartObject("otherNetworks");
        foreach (var network in timings.Networks.Skip(1))
        {
            json.WriteStartObject(network.Network.Name);
            WriteNetwork(json, network, timings.PeakFlops);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteMachine(Utf8JsonWriter json, MachineTimings timings)
    {
        var session = ThisMachine.Session(ThisProgram.Version, timings.Scaling.Threads);
        json.WriteString("version", session.Version);
        json.WriteString("commit", session.Commit);
        json.WriteStartObject("machine");
        json.WriteString("processor", session.Processor);
        json.WriteString("system", session.System);
        json.WriteNumber("vectorBits", (int)timings.Width);
        json.WriteEndObject();
    }

    private static void WriteNetwork(Utf8JsonWriter json, NetworkTimings network, double peak)
    {
        Write("trainingStep", network.TrainingStep);
        Write("forward", network.Forward);
        Write("forwardAndInputGradient", network.ForwardAndGradient);
        json.WriteList("kernels", network.Kernels, (json, kernel) =>
        {
            json.WriteString("layer", kernel.Layer);
            json.WriteString("kernel", kernel.Kernel);
            json.WriteNumber("flops", kernel.Work.Flops);
            json.WriteNumber("bytes", kernel.Bytes);
            json.WriteNumber("microseconds", 1e6 * kernel.Work.Seconds);
            json.WriteNumber("gigaflopsPerSecond", kernel.Work.Rate / 1e9);
            json.WriteNumber("shareOfPeak", kernel.Work.Rate / peak);
        });

        void Write(string name, Measured measured)
        {
            json.WriteStartObject(name);
            json.WriteNumber("milliseconds", 1e3 * measured.Seconds);
            json.WriteNumber("imagesPerSecond", Tile.Lanes / measured.Seconds);
            json.WriteNumber("shareOfPeak", measured.Rate / peak);
            json.WriteEndObject();
        }
    }

    private static void WriteScaling(Utf8JsonWriter json, ScalingTimings scaling)
    {
        json.WriteStartObject("scaling");
        json.WriteNumber("threads", scaling.Threads);
        json.WriteNumber("stepsPerSecondAlone", scaling.Alone);
        json.WriteNumber("stepsPerSecondTogether", scaling.Together);
        json.WriteNumber("ratio", scaling.Ratio);
        json.WriteEndObject();
    }

    private static void WriteAttacks(Utf8JsonWriter json, MachineTimings timings)
    {
        json.WriteStartObject("attacks");
        foreach (var attack in timings.Attacks)
        {
            json.WriteStartObject(attack.Attack);
            json.WriteString("profile", attack.Profile);
            json.WriteNumber("images", attack.Images);
            json.WriteNumber("successRate", attack.SuccessRate);
            json.WriteNumber("millisecondsPerImage", 1e3 * attack.SecondsPerImage);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNeighbours(Utf8JsonWriter json, MachineTimings timings)
    {
        json.WriteStartObject("neighbours");
        foreach (var search in timings.Neighbours)
        {
            json.WriteStartObject(search.Queries);
            json.WriteNumber("images", search.Images);
            json.WriteNumber("trainImages", search.Train);
            json.WriteNumber("neighbours", NeighbourBenchmark.Count);
            json.WriteNumber("millisecondsPerImage", 1e3 * search.Work.Seconds / search.Images);
            json.WriteNumber("gigaoperationsPerSecond", search.Work.Rate / 1e9);
            json.WriteNumber("shareOfPeak", search.Work.Rate / timings.PeakFlops);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
