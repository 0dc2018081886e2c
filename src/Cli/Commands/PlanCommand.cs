using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit plan</c>: what a run would do and take, without running.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var (spec, shuffles, slots) = (CommonOptions.Spec(), CommonOptions.Shuffles(), CommonOptions.Slots());
        var (data, store, skipBroken) = (CommonOptions.Data(), CommonOptions.Store(), CommonOptions.SkipBroken());
        var command = new DocumentedCommand(
            "plan",
            "Show what a run would do, with its time and disk space estimated by a short measurement, and run nothing.",
            "plan sweeps/paper-cifar10-cnn.yaml",
            "plan my.yaml --shuffles 100 --slots 8")
        {
            spec, shuffles, slots, data, skipBroken, store,
        };
        command.SetAction(parsed =>
        {
            var inputs = SweepInputs.Load(
                parsed.GetRequiredValue(spec), parsed.GetValue(shuffles), parsed.GetValue(data), parsed.GetValue(skipBroken),
                new PreparationProgressLine());
            Write(
                inputs, parsed.GetValue(slots) ?? PhysicalCores.Count(), SweepStore.Locate(parsed.GetValue(store)),
                $"{Invocation.Program} run {Invocation.Quote(parsed.GetRequiredValue(spec))}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(SweepInputs inputs, int slots, string folder, string runCommand)
    {
        var sweep = SweepId.Of(inputs.Spec);
        var materials = new ExperimentMaterials(inputs.Spec, inputs.Data);
        var (work, left) = (Workload.Of(materials), ShufflesLeft(folder, sweep, inputs.Spec.Shuffles));
        var atOnce = Math.Clamp(left, 1, slots);
        var speed = SpeedProbe.Measure(materials, atOnce);
        var rounds = (left + atOnce - 1) / atOnce;
        var seconds = speed.SecondsFor(materials, SlotAllocation.For(slots, inputs.Spec.Shuffles).Threads);
        Terminal.Out.Write(Tables.Heading(sweep + "\n"));
        Terminal.Out.Write(Tables.Facts(
        [
            .. SpecSummary.Of(inputs.Spec, inputs.Data.Provenance),
            .. Comparison(inputs.Spec, folder),
            ("left to do", $"{Format.Count(left)} of {Format.Count(inputs.Spec.Shuffles, "shuffle")}, {atOnce} at once"),
            ("store", folder),
        ]));
        Terminal.Out.WriteLine();
        Terminal.Out.Write(Tables.Heading("Work\n"));
        Terminal.Out.Write(WorkTable(work, left));
        Terminal.Out.WriteLine();
        Terminal.Out.Write(Tables.Heading("Estimates for what is left\n"));
        Terminal.Out.Write(Tables.Facts(
        [
            ("time", $"about {Format.Duration(rounds * seconds)}, "
                + $"{Format.Duration(seconds)} for each shuffle"),
            ("disk", $"at most {Format.Bytes((double)left * work.Bytes)}; {Free(folder)}"),
            ("measured", $"{Format.Number(speed.TrainedPerSecond)} images/s trained and "
                + $"{Format.Number(speed.PredictedPerSecond)} images/s predicted in each of {Format.Count(atOnce, "slot")}, "
                + "for half a second just now; other load on this machine, and how hard the attacks find their work, change it"),
            .. Measured(speed.Neighbours, inputs.Spec),
            ("to run", runCommand),
        ]));
    }

    private static IEnumerable<(string, string)> Comparison(SweepSpec spec, string folder)
    {
        using var store = SweepStore.OpenForReading(folder);
        if (store is not null && new SweepCatalog(store).Compare(spec) is { } comparison)
        {
            yield return ("compared", comparison);
        }
    }

    private static int ShufflesLeft(string folder, string sweep, int asked)
    {
        using var store = SweepStore.OpenForReading(folder);
        return store is null || !store.Journal.Sweeps().Contains(sweep)
            ? asked
            : asked - new SweepCatalog(store).Load(sweep).State.Shuffles.Take(asked)
                .Count(shuffle => shuffle.Status == ShuffleStatus.Completed);
    }

    private static Table WorkTable(Workload work, int shuffles)
    {
        var table = Tables.Create(("", Justify.Left), ("each shuffle", Justify.Right), ("all left", Justify.Right));
        Add("training steps", work.TrainSteps);
        Add("images trained on", work.TrainImages);
        Add("images predicted, at most", work.PredictImages);
        Add("images attacked, at most", work.AttackImages);
        if (work.Distances > 0)
        {
            Add("distances, at most", work.Distances);
        }

        return table;

        void Add(string what, long count) => table.Add(what, Format.Count(count), Format.Count(count * shuffles));
    }

    private static IEnumerable<(string, string)> Measured(NeighbourProbe? probe, SweepSpec spec)
    {
        if (probe is not null)
        {
            yield return ("", $"{Format.Number(probe.DistancesPerSecond / 1e6)} million distances/s on each thread; "
                + $"{spec.Knn!.Z}-NN got {Format.Percent(probe.Accuracy)} of a small test split right, and no others are attacked");
        }
    }

    private static string Free(string folder)
    {
        for (var existing = folder; existing is not null; existing = Path.GetDirectoryName(existing))
        {
            if (Directory.Exists(existing))
            {
                return $"{Format.Bytes(new DriveInfo(existing).AvailableFreeSpace)} are free there";
            }
        }

        return "how much is free there is not known";
    }
}
