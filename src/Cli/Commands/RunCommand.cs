using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Sweeps;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit run</c>: starts or continues a sweep, and ends with its results.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var (spec, shuffles, skipBroken) = (CommonOptions.Spec(), CommonOptions.Shuffles(), CommonOptions.SkipBroken());
        var options = new RunOptions();
        var command = new DocumentedCommand(
            "run",
            "Run a sweep, or continue it where it stopped, and show its results. Ctrl+C stops it cleanly.",
            "run sweeps/quickstart.yaml",
            "run sweeps/paper-cifar10-cnn.yaml --shuffles 2",
            "run my.yaml --store /big/disk --slots 4 --plain",
            "run my.yaml --server http://localhost:8080")
        {
            spec, shuffles, skipBroken,
        };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var settings = options.Of(parsed);
            if (settings.Place.IsRemote)
            {
                if (parsed.GetValue(skipBroken))
                {
                    throw new InputException(
                        $"{skipBroken.Name} is for data that this machine reads; remove broken files where the server has them.");
                }

                return new RemoteRun(settings).Run(parsed.GetRequiredValue(spec), parsed.GetValue(shuffles));
            }

            var inputs = SweepInputs.Load(
                parsed.GetRequiredValue(spec), parsed.GetValue(shuffles), settings.DataOption, parsed.GetValue(skipBroken),
                new PreparationProgressLine());
            return new LocalRun(inputs, settings).Run(settings.Place.Folder, _ => { });
        });
        return command;
    }
}
