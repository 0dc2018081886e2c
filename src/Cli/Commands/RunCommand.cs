using System.CommandLine;
using AdvFit.Cli.Running;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Store;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit run</c>: starts or continues a sweep, and ends with its results.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var (spec, shuffles, options) = (CommonOptions.Spec(), CommonOptions.Shuffles(), new RunOptions());
        var command = new DocumentedCommand(
            "run",
            "Run a sweep, or continue it where it stopped, and show its results. Ctrl+C stops it cleanly.",
            "run sweeps/quickstart.yaml",
            "run sweeps/paper-cifar10-cnn.yaml --shuffles 2",
            "run my.yaml --store /big/disk --slots 4 --plain")
        {
            spec, shuffles,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = options.Of(parsed);
            var inputs = SweepInputs.Load(parsed.GetRequiredValue(spec), parsed.GetValue(shuffles), settings.DataOption);
            return new SweepRun(inputs, settings).Run(SweepStore.Locate(settings.StoreOption), _ => { });
        });
        return command;
    }
}
