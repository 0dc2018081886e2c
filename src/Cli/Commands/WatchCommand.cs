using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Sweeps.Queries;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit watch</c>: follows a sweep that another process runs.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        var plain = new Option<bool>("--plain") { Description = "Plain lines instead of a live display" };
        var command = new DocumentedCommand(
            "watch",
            "Follow a sweep that another process runs, until it ends. Ctrl+C ends the watching, not the sweep.",
            "watch",
            "watch quickstart --plain | tee sweep.log")
        {
            sweep, plain, store,
        };
        command.SetAction(parsed =>
        {
            using var opened = OpenedSweep.Open(SweepLocation.Of(parsed, store), parsed.GetValue(sweep));
            var watcher = new SweepWatcher(opened, CancellationToken.None);
            Terminal.Out.Write(Tables.Heading($"{opened.Details.Id}: {Describe(watcher.Follower, opened.Details.Status)}\n"));
            watcher.Run(parsed.GetValue(plain) || !Terminal.CanRedraw);
            return End(opened, watcher.Follower);
        });
        return command;
    }

    private static string Describe(SweepFollower follower, SweepStatus status) =>
        $"{status.Word()}, {follower.State.Completed} of {Format.Count(follower.State.Shuffles.Count, "shuffle")} done"
        + (follower.State.Failed > 0 ? $", {follower.State.Failed} failed" : "");

    private static int End(OpenedSweep opened, SweepFollower follower)
    {
        var status = SweepStatuses.Of(follower.State, follower.IsLive);
        var option = opened.Place.Option;
        Terminal.Out.Write(new Text(
            $"{opened.Details.Id} is {Describe(follower, status)}; "
            + (follower.State.AllEnded
                ? $"`{Invocation.Program} results {opened.Details.Id}{option}` shows what it found.\n"
                : $"nobody works on it, and `{Invocation.Program} resume {opened.Details.Id}{option}` goes on.\n")));
        return status switch
        {
            SweepStatus.Completed => ExitCodes.Done,
            SweepStatus.Failed => ExitCodes.SomeFailed,
            _ => ExitCodes.Stopped,
        };
    }
}
