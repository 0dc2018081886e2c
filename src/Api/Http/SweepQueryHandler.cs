using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Experiments;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Json;
using AdvFit.Sweeps.Queries;
using Microsoft.AspNetCore.Http;

namespace AdvFit.Api.Http;

/// <summary>Answers the requests that read sweeps and nodes, with the same bytes as commands with <c>--json</c>.</summary>
internal sealed class SweepQueryHandler(ISweepService service)
{
    /// <summary>Lists the sweeps.</summary>
    public async Task ListAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        await context.AnswerAsync(SweepListJson.Write(await SweepSummaries.Of(service, context.RequestAborted)));
    }

    /// <summary>Shows the provenance of a sweep.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        var (id, snapshot) = (context.Sweep(), (await service.FindAsync(context)).RequireSound());
        var records = new Dictionary<int, ShuffleRecord>();
        await foreach (var entry in service.Read(id, EventQuery.Everything, context.RequestAborted))
        {
            if (entry.Number <= snapshot.Number)
            {
                ShuffleRecords.Add(records, entry.Event);
            }
        }

        var details = SweepDetails.Of(id, snapshot.State, snapshot.History, snapshot.IsLive);
        await context.AnswerAsync(ProvenanceJson.Write(
            details, service.ArtifactsOf(id).Folder, shuffle => records.GetValueOrDefault(shuffle, ShuffleRecord.Empty)));
    }

    /// <summary>Sends the snapshot of a sweep after its latest event.</summary>
    public async Task SnapshotAsync(HttpContext context)
    {
        context.Request.Query.Allow("body");
        var hasBody = context.Request.Query.Flag("body", otherwise: true);
        var snapshot = await service.FindAsync(context);
        var document = new SnapshotDocument(
            snapshot.Number, snapshot.IsLive, service.ArtifactsOf(context.Sweep()).Folder,
            hasBody ? SnapshotFormat.Write(snapshot.State, snapshot.History) : null);
        await context.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(document, ApiJsonContext.Default.SnapshotDocument));
    }

    /// <summary>Sends the results of a sweep.</summary>
    public async Task ResultsAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        (await service.FindAsync(context)).RequireSound();
        await context.AnswerAsync((await service.Results(context.Sweep(), context.RequestAborted)).Json);
    }

    /// <summary>Lists the nodes.</summary>
    public async Task NodesAsync(HttpContext context)
    {
        context.Request.Query.Allow();
        await context.AnswerAsync(NodesJson.Write(await service.Nodes(context.RequestAborted)));
    }
}
