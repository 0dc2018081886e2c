using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Learning.Benchmarks;
using AdvFit.Sweeps.Local;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit bench</c>: how fast this machine is.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var network = new Option<string?>("--network")
        {
            Description = $"Measure this network only: {string.Join(" or ", MachineBenchmark.Networks)}",
            HelpName = "NAME",
        };
        network.AcceptOnlyFromAmong([.. MachineBenchmark.Networks]);
        var quick = new Option<bool>("--quick") { Description = "Less time for each figure, and less exact; each attack still takes 32 images" };
        var json = CommonOptions.Json();
        var command = new DocumentedCommand(
            "bench",
            "Measure this machine: training, prediction, gradients, attacks, and every kernel against the processor's peak.",
            "bench",
            "bench --network lenet5-wide --quick",
            "bench --json > bench.json")
        {
            network, quick, json,
        };
        command.SetAction(parsed =>
        {
            var timings = Measure(
                parsed.GetValue(network) is { } name ? [name] : MachineBenchmark.Networks,
                parsed.GetValue(quick) ? BenchmarkBudget.Quick : BenchmarkBudget.Full);
            if (parsed.GetValue(json))
            {
                BenchJson.Write(timings);
            }
            else
            {
                BenchView.Write(Terminal.Out, timings);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static MachineTimings Measure(IReadOnlyList<string> networks, BenchmarkBudget budget)
    {
        using var line = new ProgressLine();
        return MachineBenchmark.Run(networks, budget, PhysicalCores.Count(), what => line.Show($"measuring {what} .."));
    }
}
