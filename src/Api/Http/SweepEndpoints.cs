using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdvFit.Api.Http;

/// <summary>The HTTP interface of a <see cref="ISweepService"/>; docs/server.md describes it.</summary>
public static class SweepEndpoints
{
    /// <summary>Prefix of all but the health checks.</summary>
    public const string Prefix = "/api/v1";

    private const string Get = "GET", Put = "PUT", Post = "POST";

    /// <summary>Maps every request to a service.</summary>
    /// <param name="app">The server.</param>
    /// <param name="service">What answers.</param>
    /// <param name="settings">How.</param>
    public static void MapSweeps(this IEndpointRouteBuilder app, ISweepService service, ApiSettings settings)
    {
        var admission = new Admission(settings);
        var (reads, changes, files) = (new SweepReads(service), new SweepChanges(service), new SweepFiles(service));
        var (events, imports) = (new EventReads(service, settings.Clock), new SweepImports(service));
        Map(Get, "/sweeps", reads.ListAsync);
        Map(Get, "/sweeps/{id}", reads.ShowAsync);
        Map(Get, "/sweeps/{id}/snapshot", reads.SnapshotAsync);
        Map(Get, "/sweeps/{id}/results", reads.ResultsAsync);
        Map(Get, "/sweeps/{id}/events", events.SendAsync);
        Map(Get, "/nodes", reads.NodesAsync);
        Map(Post, "/sweeps", changes.SubmitAsync);
        Map(Post, "/sweeps/{id}/pause", changes.PauseAsync);
        Map(Post, "/sweeps/{id}/resume", changes.ResumeAsync);
        Map(Post, "/sweeps/{id}/cancel", changes.CancelAsync);
        Map(Post, "/sweeps/{id}/rerun", changes.RerunAsync);
        Map(Post, "/sweeps/{id}/import", imports.TakeAsync);
        Map(Get, "/sweeps/{id}/artifacts/{**path}", files.SendAsync);
        Map(Put, "/sweeps/{id}/artifacts/{**path}", files.TakeAsync);
        app.Map($"{Prefix}/{{**rest}}", context => AnswerAsync(context, admission, NoSuchRequest));
        app.MapGet("/healthz/live", HealthChecks.LiveAsync);
        app.MapGet("/healthz/ready", context => HealthChecks.ReadyAsync(context, service));

        void Map(string method, string pattern, RequestDelegate answer) => app.MapMethods(
            Prefix + pattern, [method], context => AnswerAsync(context, admission, answer));
    }

    private static async Task AnswerAsync(HttpContext context, Admission admission, RequestDelegate answer)
    {
        LoopbackOnly.Describe(context.Response);
        try
        {
            admission.Check(context);
            await answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception error)
        {
            await Refusals.AnswerAsync(context, error);
        }
    }

    private static Task NoSuchRequest(HttpContext context) => throw new RefusedException(
        StatusCodes.Status404NotFound,
        $"There is no request {context.Request.Method} {context.Request.Path}; docs/server.md lists those that there are.");
}
