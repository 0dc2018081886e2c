using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Sweeps.Store;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit forget</c>: removes a sweep with all its results.</summary>
internal static class ForgetCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store();
        var sweep = new Argument<string>("SWEEP") { Description = "A sweep's id, the start of its id, its name, or its spec's path" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new DocumentedCommand(
            "forget", "Remove a sweep with all its results and files. This cannot be undone.", "forget quickstart", "forget quickstart-3f9c01ab --yes")
        {
            sweep, yes, store,
        };
        command.SetAction(parsed =>
        {
            if (SweepLocation.Of(parsed, store) is { IsRemote: true } place)
            {
                return ForgetThere(place, parsed.GetRequiredValue(sweep), parsed.GetValue(yes));
            }

            var target = LocalSweep.Find(parsed.GetValue(store), parsed.GetRequiredValue(sweep));
            if (target.IsLive)
            {
                throw new InputException(
                    $"{target.Id} is being worked on by process {target.Holder!.ProcessId}; `{Invocation.Program} cancel {target.Id}` first.");
            }

            target.RefuseIfHeldByAnother();
            return parsed.GetValue(yes) || Confirm(target) ? Forget(target) : ExitCodes.BadInput;
        });
        return command;
    }

    private static bool Confirm(LocalSweep target) =>
        Confirm(target.Id, $"{target.Id} with the results of {Format.Count(target.State.Completed, "shuffle")} and all its files");

    private static bool Confirm(string id, string what) => Terminal.Confirm(
        $"Remove {what}?", $"Forgetting {id} cannot be undone; say --yes to do it without being asked.");

    private static int ForgetThere(SweepLocation place, string asked, bool isSure)
    {
        using var source = place.Connect();
        var id = OpenedSweep.IdOf(source, place, asked);
        if (!isSure && !Confirm(id, $"{id} {place.Where} with all its results and files"))
        {
            return ExitCodes.BadInput;
        }

        source.Control.Forget(id);
        Terminal.Out.Write(new Text($"{id} is forgotten {place.Where}.\n"));
        return ExitCodes.Done;
    }

    private static int Forget(LocalSweep target)
    {
        using var store = SweepStore.OpenForWriting(target.Folder, TimeProvider.System.GetUtcNow());
        store.Forget(target.Id, TimeProvider.System.GetUtcNow());
        Terminal.Out.Write(new Text($"{target.Id} is forgotten.\n"));
        return ExitCodes.Done;
    }
}
