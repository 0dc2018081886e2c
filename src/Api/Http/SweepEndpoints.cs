using AdvFit.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdvFit.Api.Http;

/// <summary>The HTTP interface of a <see cref="ISweepService"/>; docs/server.md describes it.</summary>
public static class SweepEndpoints
{
    /// <summary>Prefix of all paths.</summary>
    public const string Prefix = "/api/v1";

    private const string Get = "GET", Put = "PUT", Post = "POST", Delete = "DELETE";

    /// <summary>Maps the routes of the API to a service.</summary>
    /// <param name="app">The routes to add to.</param>
    /// <param name="service">The service behind the API.</param>
    /// <param name="settings">Token and clock of the API.</param>
    public static void MapSweeps(this IEndpointRouteBuilder app, ISweepService service, ApiSettings settings)
    {
        var access = new AccessControl(settings);
        var (queries, commands, artifacts) = (new SweepQueryHandler(service), new SweepCommandHandler(service), new ArtifactHandler(service));
        var (events, imports) = (new EventStreamHandler(service, settings.Clock), new ImportHandler(service));
        Map(Get, "/sweeps", queries.ListAsync);
        Map(Get, "/sweeps/{id}", queries.ShowAsync);
        Map(Get, "/sweeps/{id}/snapshot", queries.SnapshotAsync);
        Map(Get, "/sweeps/{id}/results", queries.ResultsAsync);
        Map(Get, "/sweeps/{id}/events", events.SendAsync);
        Map(Get, "/nodes", queries.NodesAsync);
        Map(Post, "/sweeps", commands.SubmitAsync);
        Map(Post, "/sweeps/{id}/pause", context => commands.PerformAsync(context, new PauseSweep()));
        Map(Post, "/sweeps/{id}/resume", context => commands.PerformAsync(context, new ResumeSweep()));
        Map(Post, "/sweeps/{id}/cancel", context => commands.PerformAsync(context, new CancelSweep()));
        Map(Post, "/sweeps/{id}/rerun", commands.RerunAsync);
        Map(Post, "/sweeps/{id}/import", imports.TakeAsync);
        Map(Delete, "/sweeps/{id}", commands.ForgetAsync);
        Map(Get, "/sweeps/{id}/artifacts/{**path}", artifacts.SendAsync);
        Map(Put, "/sweeps/{id}/artifacts/{**path}", artifacts.TakeAsync);
        app.Map($"{Prefix}/{{**rest}}", context => AnswerAsync(context, access, NoSuchRequest));

        void Map(string method, string pattern, RequestDelegate answer) => app.MapMethods(
            Prefix + pattern, [method], context => AnswerAsync(context, access, answer));
    }

    private static async Task AnswerAsync(HttpContext context, AccessControl access, RequestDelegate answer)
    {
        SecurityHeaders.AddTo(context.Response);
        try
        {
            access.Check(context);
            await answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception error)
        {
            await ErrorResponses.AnswerAsync(context, error);
        }
    }

    private static Task NoSuchRequest(HttpContext context) => throw new HttpStatusException(
        StatusCodes.Status404NotFound,
        $"There is no request {context.Request.Method} {context.Request.Path}; docs/server.md lists those that there are.");
}
