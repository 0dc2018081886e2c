using System.Text.Json;

namespace AdvFit.Cli.Tests;

/// <summary>The shape of <c>advfit bench --json</c>; never how fast anything is.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_figure_is_there_and_positive()
    {
        var ended = BuiltProgram.Run(_folder, "bench", "--quick", "--json");
        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        using var json = JsonDocument.Parse(ended.Output);
        var root = json.RootElement;
        root.GetProperty("network").GetString().ShouldBe("lenet5");
        Positive(root, "peak", "gigaflopsPerSecond");
        Positive(root, "machine", "vectorBits");
        Positive(root, "scaling", "ratio");
        foreach (var attack in Learning.Attacks.AttackCatalog.Attacks)
        {
            Positive(root.GetProperty("attacks"), attack.Name, "millisecondsPerImage");
        }

        foreach (var queries in new[] { "unmodified", "disturbed" })
        {
            Positive(root.GetProperty("neighbours"), queries, "millisecondsPerImage");
            Positive(root.GetProperty("neighbours"), queries, "shareOfPeak");
        }

        foreach (var network in new[] { root, root.GetProperty("otherNetworks").GetProperty("lenet5-wide") })
        {
            Positive(network, "trainingStep", "milliseconds");
            Positive(network, "trainingStep", "shareOfPeak");
            Positive(network, "forward", "imagesPerSecond");
            Positive(network, "forward", "shareOfPeak");
            Positive(network, "forwardAndInputGradient", "imagesPerSecond");
            Positive(network, "forwardAndInputGradient", "shareOfPeak");
            var kernels = network.GetProperty("kernels").EnumerateArray().ToList();
            kernels.Count(kernel => kernel.GetProperty("kernel").GetString() == "weight gradient").ShouldBeGreaterThan(3);
            kernels.ShouldAllBe(kernel => kernel.GetProperty("microseconds").GetDouble() > 0);
            kernels.ShouldAllBe(kernel => kernel.GetProperty("bytes").GetDouble() > 0);
        }
    }

    [Fact]
    public void One_network_only_is_measured_where_it_is_named()
    {
        var ended = BuiltProgram.Run(_folder, "bench", "--quick", "--network", "lenet5-wide");
        ended.Code.ShouldBe(ExitCodes.Done, ended.Error);
        ended.Text.ShouldContain("Kernels of lenet5-wide");
        ended.Text.ShouldNotContain("Kernels of lenet5,");
        ended.Text.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void A_network_that_there_is_not_is_refused()
    {
        var ended = BuiltProgram.Run(_folder, "bench", "--network", "lenet6");
        ended.Code.ShouldBe(ExitCodes.BadInput);
        ended.Error.ShouldContain("lenet5-wide");
    }

    private static void Positive(JsonElement root, string figure, string property) =>
        root.GetProperty(figure).GetProperty(property).GetDouble().ShouldBeGreaterThan(0);
}
