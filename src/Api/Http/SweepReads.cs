using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Experiments;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Json;
using AdvFit.Sweeps.Queries;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>Answers how things stand, with the bytes that commands write with <c>--json</c> where there is such a command.</summary>
internal sealed class SweepReads(ISweepService service)
{
    /// <summary>The sweeps.</summary>
    public async Task ListAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        await context.AnswerAsync(SweepListJson.Write(await SweepSummaries.Of(service, context.RequestAborted)));
    }

    /// <summary>How a sweep was made.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        var (id, standing) = (context.Sweep(), await service.FindAsync(context));
        var records = new Dictionary<int, ShuffleRecord>();
        await foreach (var entry in service.Read(id, EventQuery.Everything, context.RequestAborted))
        {
            if (entry.Number <= standing.Number)
            {
                ShuffleRecords.Add(records, entry.Event);
            }
        }

        var details = SweepDetails.Of(id, standing.State, standing.History, standing.IsLive);
        await context.AnswerAsync(ProvenanceJson.Write(
            details, service.ArtifactsOf(id).Folder, shuffle => records.GetValueOrDefault(shuffle, ShuffleRecord.Empty)));
    }

    /// <summary>What the events of a sweep amount to.</summary>
    public async Task SnapshotAsync(HttpContext context)
    {
        context.Request.Query.Allow("body");
        var hasBody = context.Request.Query.Flag("body", otherwise: true);
        var standing = await service.FindAsync(context);
        var document = new SnapshotDocument(
            standing.Number, standing.IsLive, service.ArtifactsOf(context.Sweep()).Folder,
            hasBody ? SnapshotFormat.Write(standing.State, standing.History) : null);
        await context.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(document, ApiJsonContext.Default.SnapshotDocument));
    }

    /// <summary>What a sweep found.</summary>
    public async Task ResultsAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        await service.FindAsync(context);
        await context.AnswerAsync((await service.Results(context.Sweep(), context.RequestAborted)).Json);
    }

    /// <summary>The nodes.</summary>
    public async Task NodesAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        await context.AnswerAsync(NodesJson.Write(await service.Nodes(context.RequestAborted)));
    }
}
