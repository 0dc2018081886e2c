using System.Runtime.CompilerServices;
using AdvFit.Analysis;
using AdvFit.Analysis.Findings;
using AdvFit.Analysis.Json;
using AdvFit.Api.Text;
using AdvFit.Messages;
using AdvFit.Messages.Text;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Api.Palette;

/// <summary>
/// The commands of the operators' palette, which answer with lines of text. A sweep is named by its id, the start of just one
/// id, or its name. A command that fails ends with a line that says why.
/// </summary>
/// <param name="service">The sweeps and nodes.</param>
public sealed class SweepPalette(ISweepService service)
{
    private static readonly string[] ShownTopics =
    [
        .. new[] { FindingTopic.Coverage, FindingTopic.Warning, FindingTopic.Regime, FindingTopic.Claim, FindingTopic.Caveat }
            .Select(ResultsJson.NameOf),
    ];

    /// <summary><c>sweeps</c>: a line for each sweep.</summary>
    public IAsyncEnumerable<PaletteLine> Sweeps(CancellationToken cancellation) => Answer(async () =>
    {
        var sweeps = await SweepSummaries.Of(service, cancellation);
        return sweeps.IsEmpty
            ? ["There are no sweeps; `advfit run SPEC --server URL` submits one."]
            : TextTable.Lines(
                ["sweep", "state", "done", "failed", "updated"],
                sweeps.Select(sweep => new[]
                {
                    sweep.Id, sweep.Status.Word(), $"{sweep.Completed}/{sweep.Total}", $"{sweep.Failed}", Format.Time(sweep.Updated),
                })).Concat(sweeps.Select(sweep => sweep.Trouble).OfType<string>());
    }, cancellation);

    /// <summary><c>status -s ID</c>: the state of a sweep, and its running and failed shuffles.</summary>
    public IAsyncEnumerable<PaletteLine> Status(string sweep, CancellationToken cancellation) => Answer(async () =>
    {
        var (id, snapshot) = await Find(sweep, cancellation);
        return [Headline(id, snapshot), .. StatusLines(snapshot.State)];
    }, cancellation);

    /// <summary><c>nodes</c>: a line for each working slot, and for each idle node.</summary>
    public IAsyncEnumerable<PaletteLine> Nodes(CancellationToken cancellation) => Answer(async () =>
    {
        var nodes = await service.Nodes(cancellation);
        return nodes.IsEmpty
            ? ["There are no nodes; what is submitted waits until one comes."]
            : TextTable.Lines(["node", "state", "slots", "heard", "sweep", "shuffle", "stage", "done"], nodes.SelectMany(Rows));
    }, cancellation);

    /// <summary><c>results -s ID</c>: the findings of a sweep.</summary>
    public IAsyncEnumerable<PaletteLine> Results(string sweep, CancellationToken cancellation) => Answer(async () =>
    {
        var (id, snapshot) = await Find(sweep, cancellation);
        var results = await service.Results(id, cancellation);
        return
        [
            Headline(id, snapshot),
            .. results.Findings().Where(finding => ShownTopics.Contains(finding.Topic)).Select(finding => finding.Text),
            $"`advfit results {id} --server URL` has the tables.",
        ];
    }, cancellation);

    /// <summary><c>track -s ID</c>: a line for each finished stage, until the sweep has ended.</summary>
    public IAsyncEnumerable<PaletteLine> Track(string sweep, CancellationToken cancellation) =>
        Guard(Lines(sweep, cancellation), cancellation);

    /// <summary><c>pause -s ID</c>.</summary>
    public IAsyncEnumerable<PaletteLine> Pause(string sweep, CancellationToken cancellation) =>
        Perform(sweep, new PauseSweep(), "is paused; what runs stops at its next safe point.", cancellation);

    /// <summary><c>resume -s ID</c>.</summary>
    public IAsyncEnumerable<PaletteLine> Resume(string sweep, CancellationToken cancellation) =>
        Perform(sweep, new ResumeSweep(), "goes on.", cancellation);

    /// <summary><c>cancel -s ID</c>.</summary>
    public IAsyncEnumerable<PaletteLine> Cancel(string sweep, CancellationToken cancellation) =>
        Perform(sweep, new CancelSweep(), "is cancelled; what is done stays.", cancellation);

    private static string Headline(string id, SweepSnapshot snapshot) =>
        $"{id} is {SweepStatuses.Of(snapshot.State, snapshot.IsLive).Word()}: {snapshot.State.Completed} of "
        + $"{Format.Count(snapshot.State.Shuffles.Count, "shuffle")} done"
        + (snapshot.State.Failed > 0 ? $", {snapshot.State.Failed} failed." : ".");

    private static IEnumerable<string> StatusLines(SweepState state)
    {
        foreach (var shuffle in state.Running.Keys)
        {
            yield return $"shuffle {shuffle}  {state.Doing(shuffle)} (attempt {state.Shuffle(shuffle).Attempt})";
        }

        var number = 0;
        foreach (var shuffle in state.Shuffles)
        {
            number++;
            if (shuffle is { Cause: { } cause, IsRunning: false })
            {
                yield return $"shuffle {number}  {shuffle.Status.Word()} after attempt {shuffle.Attempt}: {cause}";
            }
        }
    }

    private static IEnumerable<string[]> Rows(NodeSnapshot node)
    {
        string[] first =
            [node.Name, node.Status.ToString().ToLowerInvariant(), $"{node.Working.Length}/{node.Slots}", Format.Time(node.LastHeard)];
        return node.Working.IsEmpty
            ? [[.. first, "", "", "", ""]]
            : node.Working.Select((slot, i) => (string[])
            [
                .. i == 0 ? first : ["", "", "", ""], slot.Sweep, $"{slot.Progress.Shuffle}",
                slot.Progress.Epoch is { } epoch ? $"epoch {epoch}" : slot.Progress.Stage, Format.Percent(slot.Progress.Fraction),
            ]);
    }

    private IAsyncEnumerable<PaletteLine> Perform(string sweep, SweepCommand command, string done, CancellationToken cancellation) =>
        Answer(async () =>
        {
            var (id, _) = await Find(sweep, cancellation);
            await service.Perform(id, command, cancellation);
            return [$"{id} {done}"];
        }, cancellation);

    private async IAsyncEnumerable<string> Lines(string sweep, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (id, snapshot) = await Find(sweep, cancellation);
        yield return Headline(id, snapshot);
        var state = snapshot.State;
        if (HasEnded(state))
        {
            yield break;
        }

        await foreach (var entry in service.Follow(id, snapshot.Number, cancellation))
        {
            state = SweepState.Apply(state, entry.Event, entry.At);
            if (EventLines.OfStage(entry.Event, state) is { } line)
            {
                yield return line;
            }

            if (HasEnded(state))
            {
                yield return Headline(id, snapshot with { State = state });
                yield break;
            }
        }
    }

    private static bool HasEnded(SweepState state) => state.AllEnded || state.IsCancelled || state.IsHalted;

    private async Task<(string Id, SweepSnapshot Snapshot)> Find(string asked, CancellationToken cancellation)
    {
        var ids = await service.Sweeps(cancellation);
        var id = SweepNames.Named(asked, ids) ?? SweepNames.Beginning(asked, ids);
        return id is not null && await service.Find(id, cancellation) is { } snapshot
            ? (id, snapshot.RequireSound())
            : throw new SweepException(ids.IsEmpty
                ? $"There is no sweep `{asked}`, nor any other."
                : $"There is no sweep `{asked}`{Suggestion.End(asked, ids)}");
    }

    private static IAsyncEnumerable<PaletteLine> Answer(Func<Task<IEnumerable<string>>> answer, CancellationToken cancellation)
    {
        return Guard(Lines(), cancellation);

        async IAsyncEnumerable<string> Lines()
        {
            foreach (var line in await answer())
            {
                yield return line;
            }
        }
    }

    private static async IAsyncEnumerable<PaletteLine> Guard(
        IAsyncEnumerable<string> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var line = lines.GetAsyncEnumerator(cancellation);
        while (true)
        {
            string? error = null;
            try
            {
                if (!await line.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                yield break;
            }
            catch (Exception failure) when (IsExpected(failure))
            {
                error = failure.Message;
            }

            yield return new PaletteLine(VisibleText.Line(error ?? line.Current), error is not null);
            if (error is not null)
            {
                yield break;
            }
        }
    }

    private static bool IsExpected(Exception error) =>
        error is SweepException or ServiceUnavailableException or AnalysisException or IOException;
}
