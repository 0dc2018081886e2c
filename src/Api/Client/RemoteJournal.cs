using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Api.Client;

/// <summary>
/// The journal of a server. Events of single shuffles are requested once for all shuffles and cached, instead of with a request
/// for each shuffle; once the sweep is known to have newer events, only those are requested.
/// </summary>
/// <param name="client">The connection to the server.</param>
internal sealed class RemoteJournal(ApiClient client) : IJournalReader
{
    private const int MostReconnects = 5;

    private readonly Dictionary<(string Sweep, Type? Fact), ShuffleEventCache> _kept = [];
    private readonly Dictionary<string, long> _seen = [];

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Read(string sweep, long after = 0) => Events(sweep, after, "", isWhole: true);

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadBriefly(string sweep, long after = 0) =>
        Events(sweep, after, "&brief=true", isWhole: true);

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> ReadShuffle(string sweep, int shuffle, Type? fact = null)
    {
        if (!_kept.TryGetValue((sweep, fact), out var kept))
        {
            _kept[(sweep, fact)] = kept = new ShuffleEventCache();
        }

        var seen = _seen.GetValueOrDefault(sweep);
        if (!kept.IsUpTo(seen))
        {
            var filter = fact is null ? "" : $"&fact={EventFormat.NameOf(fact)}";
            kept.Add(Events(sweep, kept.Last, filter, isWhole: fact is null), seen);
        }

        return kept.Of(shuffle);
    }

    /// <inheritdoc/>
    public JournalSnapshot? Snapshot(string sweep) => FetchSnapshot(sweep, "") is { Body: { } body, Number: var number }
        ? new JournalSnapshot(number, body)
        : null;

    /// <summary>Fetches the snapshot of a sweep; null where there is none.</summary>
    public SnapshotDocument? FetchSnapshot(string sweep, string query)
    {
        if (client.TryGet($"sweeps/{Uri.EscapeDataString(sweep)}/snapshot{query}", out _, ApiClient.MostOfSnapshot) is not { } answer)
        {
            return null;
        }

        var snapshot = client.Parse(answer, json => JsonSerializer.Deserialize(json, ApiJsonContext.Default.SnapshotDocument)!);
        NoteNumber(sweep, snapshot.Number);
        return snapshot;
    }

    /// <summary>Reads events, and reconnects after the last one where the connection is cut.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="after">Number of the last event to leave out.</param>
    /// <param name="filter">More of the query, beginning with &amp;.</param>
    /// <param name="isWhole">Whether the events have to be consecutive.</param>
    private IEnumerable<JournalEntry> Events(string sweep, long after, string filter, bool isWhole)
    {
        for (var cuts = 0; ; cuts++)
        {
            if (client.TryOpen($"sweeps/{Uri.EscapeDataString(sweep)}/events?after={after}{filter}") is not { } answer)
            {
                yield break;
            }

            using var lines = new JsonLines(answer, ApiClient.MostOfLine);
            ServerException? cut;
            while (TryReadLine(lines, after, out cut) is { } line)
            {
                var entry = Event(line, after, isWhole);
                after = entry.Number;
                NoteNumber(sweep, after);
                yield return entry;
            }

            if (cut is null)
            {
                yield break;
            }

            if (cuts == MostReconnects)
            {
                throw cut;
            }
        }
    }

    private void NoteNumber(string sweep, long number) => _seen[sweep] = Math.Max(_seen.GetValueOrDefault(sweep), number);

    private byte[]? TryReadLine(JsonLines lines, long after, out ServerException? cut)
    {
        try
        {
            cut = null;
            return lines.Next();
        }
        catch (InvalidDataException error)
        {
            throw client.IncompatibleServer($"after event {after} {error.Message}", error);
        }
        catch (IOException error)
        {
            cut = client.Cut($" after event {after}", error);
            client.MoveOn();
            return null;
        }
    }

    private JournalEntry Event(byte[] line, long after, bool isWhole)
    {
        try
        {
            var entry = EventLine.Read(line);
            return isWhole ? entry.Number == after + 1 ? entry : throw Misplaced(entry.Number, after)
                : entry.Number > after ? entry
                : throw Misplaced(entry.Number, after);
        }
        catch (FormatException error)
        {
            throw client.IncompatibleServer($"the event after {after} cannot be understood: {error.Message}", error);
        }
    }

    private static FormatException Misplaced(long number, long after) => new($"it has the number {number} after {after}");
}
