using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Messages;
using AdvFit.Sweeps;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Queries;
using AdvFit.Sweeps.Spec;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>Imports sweeps: their events, once their files are here. Everything is checked before anything is recorded.</summary>
internal sealed class ImportHandler(ISweepService service)
{
    /// <summary>Imports the events of a sweep.</summary>
    public async Task TakeAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        var id = context.Sweep();
        if (await service.Find(id, context.RequestAborted) is not null)
        {
            throw new SweepException($"There is a sweep {id} already; nothing is imported.");
        }

        Requests.Bound(context, ApiLimits.Import);
        var events = await EventsAsync(context);
        if (SweepOf(events) is var sweep && sweep != id)
        {
            throw Requests.Bad($"The events are those of the sweep {sweep}, not of {id}.");
        }

        RequireFiles(id, events);
        await service.Import(new SweepImportRequest(id, events), context.RequestAborted);
        await context.AnswerAsync(
            JsonSerializer.SerializeToUtf8Bytes(new AcceptedDocument(id), ApiJsonContext.Default.AcceptedDocument),
            StatusCodes.Status201Created);
    }

    private static async Task<List<TimedEvent>> EventsAsync(HttpContext context)
    {
        var (reader, events) = (context.Request.BodyReader, new List<TimedEvent>());
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var (rest, left) = (read.Buffer, 0L);
            try
            {
                rest = TakeLines(read.Buffer, events);
                left = rest.Length;
            }
            finally
            {
                // Also of a body that is refused the server reads the rest, to be able to answer.
                reader.AdvanceTo(rest.Start, rest.End);
            }

            if (left > ApiLimits.Body)
            {
                throw Requests.TooLarge(ApiLimits.Body);
            }

            if (read.IsCompleted)
            {
                return left == 0 && events.Count > 0
                    ? events
                    : throw Requests.Bad($"The events end with a line feed; after event {events.Count} something is cut off or missing.");
            }
        }
    }

    /// <summary>Reads the complete lines, and returns what is left.</summary>
    private static ReadOnlySequence<byte> TakeLines(ReadOnlySequence<byte> buffer, List<TimedEvent> events)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            events.Add(Event(buffer.Slice(0, end), events.Count + 1));
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        return buffer;
    }

    private static TimedEvent Event(ReadOnlySequence<byte> line, long number)
    {
        if (line.Length > ApiLimits.Body)
        {
            throw Requests.TooLarge(ApiLimits.Body);
        }

        try
        {
            var entry = EventLine.Read(line.ToArray());
            return entry.Number != number
                ? throw new FormatException($"its number is {entry.Number}")
                : entry.Event is FactRecorded { Fact: Experiments.StageCompletion }
                    ? throw new FormatException("it is a fact in brief")
                    : new TimedEvent(entry.At, entry.Event);
        }
        catch (FormatException error)
        {
            throw Requests.Bad($"Event {number} cannot be understood: {error.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>The id of the sweep that results from the events.</summary>
    private static string SweepOf(List<TimedEvent> events)
    {
        var (state, number) = ((SweepState?)null, 0);
        foreach (var (at, sweepEvent) in events)
        {
            number++;
            try
            {
                state = SweepState.Apply(state, sweepEvent, at);
            }
            catch (InvalidOperationException error)
            {
                throw Requests.Bad($"Event {number} contradicts those before it: {error.Message.TrimEnd('.')}.");
            }
        }

        return SweepId.Of(state!.Spec);
    }

    /// <summary>Refuses events that name missing files (design rule 4). Hashes were compared when the files came.</summary>
    private void RequireFiles(string id, List<TimedEvent> events)
    {
        var artifacts = service.ArtifactsOf(id);
        var files = ShuffleRecords.Of(events.Select(timed => timed.Event)).Values
            .SelectMany(record => record.Files).Select(each => each.File);
        foreach (var file in files)
        {
            if (new FileInfo(Locate(file)) is not { Exists: true } found || found.Length != file.Bytes)
            {
                throw new SweepException($"The file {file.Path} is not here; send it before the events that name it.");
            }
        }

        string Locate(Artifact file)
        {
            try
            {
                return artifacts.PathOf(file);
            }
            catch (ArgumentException)
            {
                throw Requests.Bad($"`{file.Path}` is no path in a sweep's folder.");
            }
        }
    }
}
