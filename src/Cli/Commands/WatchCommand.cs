using System.CommandLine;
using AdvFit.Cli.Rendering;
using AdvFit.Cli.Running;
using AdvFit.Sweeps.Local;
using AdvFit.Sweeps.Queries;
using Spectre.Console;

namespace AdvFit.Cli.Commands;

/// <summary><c>advfit watch</c>: follows a sweep that another process runs.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

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
            using var found = FoundSweep.Open(parsed.GetValue(store), parsed.GetValue(sweep));
            var follower = new SweepFollower(found.Store, found.Details.Id);
            Terminal.Out.Write(Tables.Heading($"{found.Details.Id}: {Standing(follower, found.Details.Status)}\n"));
            if (parsed.GetValue(plain) || !Terminal.CanRedraw)
            {
                var progress = new PlainProgress(Console.Out);
                Follow(follower, progress);
                if (progress.Failure is { } failure)
                {
                    throw failure;
                }
            }
            else
            {
                var monitor = new RunMonitor(TimeProvider.System);
                var work = Task.Run(() => Follow(follower, new JournalProgress(monitor, follower.State)));
                new LiveProgress(Terminal.Out, monitor).Follow(work);
                work.GetAwaiter().GetResult();
            }

            return End(found, follower);
        });
        return command;
    }

    private static void Follow(SweepFollower follower, ISweepObserver observer)
    {
        while (true)
        {
            var isLive = follower.IsLive;
            foreach (var (sweepEvent, state) in follower.Look())
            {
                observer.Recorded(sweepEvent, state);
            }

            // What it wrote last was read after it was seen to be gone.
            if (!isLive && !follower.IsLive)
            {
                return;
            }

            Thread.Sleep(Interval);
        }
    }

    private static string Standing(SweepFollower follower, SweepStatus status) =>
        $"{status.Word()}, {follower.State.Completed} of {Format.Count(follower.State.Shuffles.Count, "shuffle")} done"
        + (follower.State.Failed > 0 ? $", {follower.State.Failed} failed" : "");

    private static int End(FoundSweep found, SweepFollower follower)
    {
        var status = SweepStatuses.Of(follower.State, found.Store.Holder());
        var option = Invocation.StoreOption(found.StoreOption);
        Terminal.Out.Write(new Text(
            $"{found.Details.Id} is {Standing(follower, status)}; "
            + (follower.State.AllEnded
                ? $"`{Invocation.Program} results {found.Details.Id}{option}` shows what it found.\n"
                : $"nobody works on it, and `{Invocation.Program} resume {found.Details.Id}{option}` goes on.\n")));
        return status switch
        {
            SweepStatus.Completed => ExitCodes.Done,
            SweepStatus.Failed => ExitCodes.SomeFailed,
            _ => ExitCodes.Stopped,
        };
    }
}
