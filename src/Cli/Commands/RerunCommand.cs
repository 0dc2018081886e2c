using System.CommandLine;
using System.CommandLine.Parsing;
using AdvFit.Cli.Rendering;
using AdvFit.Messages;
using AdvFit.Sweeps.Local;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit rerun</c>: does a part of a sweep again.</summary>
internal sealed class RerunCommand
{
    private readonly Option<bool> _failed = new("--failed") { Description = "The shuffles that failed; what they had done is kept" };

    private readonly Option<string?> _shuffle = new("--shuffle") { Description = "These shuffles, such as 3,7-9", HelpName = "N,.." };

    private readonly Option<string?> _stage = new("--stage")
    {
        Description = "This stage and those after it: train, attack, attack:LABEL or evaluate",
        HelpName = "STAGE",
    };

    private readonly Option<bool> _all = new("--all") { Description = "Everything" };

    public static Command Create()
    {
        var (sweep, options, rerun) = (CommonOptions.Sweep(), new RunOptions(), new RerunCommand());
        var command = new DocumentedCommand(
            "rerun",
            "Do a part of a sweep again: in the process that runs it, else in this one. The rest stays as it is.",
            "rerun --failed",
            "rerun quickstart --shuffle 3,7-9",
            "rerun quickstart --stage attack:deepfool")
        {
            sweep, rerun._failed, rerun._shuffle, rerun._stage, rerun._all,
        };
        options.AddTo(command);
        command.Validators.Add(rerun.Validate);
        command.SetAction(parsed =>
        {
            var settings = options.Of(parsed);
            var wanted = rerun.Of(parsed);
            if (settings.Place.IsRemote)
            {
                var id = settings.Place.Perform(parsed.GetValue(sweep), wanted);
                Terminal.Out.Write(new Text(
                    $"{id} is done again {settings.Place.Where}; `{Invocation.Program} watch {id}{settings.Place.Option}` follows it.\n"));
                return ExitCodes.Done;
            }

            var target = LocalSweep.Find(settings.Place.StoreOption, parsed.GetValue(sweep));
            return target.IsLive ? Ask(target, wanted) : ResumeCommand.RunHere(target, settings, wanted);
        });
        return command;
    }

    private static int Ask(LocalSweep target, RerunShuffles wanted)
    {
        var holder = new StoreRequests(target.Folder, TimeProvider.System).Do(target.Id, wanted);
        Terminal.Out.Write(new Text(
            $"Process {holder?.ProcessId} does it again; `{Invocation.Program} watch {target.Id}` follows it.\n"));
        return ExitCodes.Done;
    }

    private void Validate(CommandResult result)
    {
        var (failed, all) = (result.GetValue(_failed), result.GetValue(_all));
        var (shuffle, stage) = (result.GetValue(_shuffle), result.GetValue(_stage));
        var parts = shuffle is not null || stage is not null;
        if ((failed ? 1 : 0) + (all ? 1 : 0) + (parts ? 1 : 0) != 1)
        {
            result.AddError("Say what to do again: --failed, --all, or --shuffle and --stage, alone or together.");
        }
        else if (shuffle is not null && ShuffleNumbers.Parse(shuffle) is null)
        {
            result.AddError($"--shuffle takes numbers and ranges from 1, such as 3,7-9, not '{shuffle}'.");
        }
    }

    private RerunShuffles Of(ParseResult parsed) => new(
        parsed.GetValue(_shuffle) is { } numbers ? ShuffleNumbers.Parse(numbers) : null,
        parsed.GetValue(_failed), parsed.GetValue(_stage));
}
