using System.Net;
using AdvFit.Analysis;
using AdvFit.Api.Client;
using AdvFit.Api.Http;
using AdvFit.Reporting;
using AdvFit.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvFit.Dashboard;

/// <summary>Serves the dashboard on the loopback interface: the web app, events, and the reports of sweeps.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly SharedPoller _poller;
    private readonly ReportCache _reports;

    private DashboardServer(WebApplication server, DashboardSource source, Func<string, SweepReport> report) => (_server, _poller, _reports) = (
        server,
        new SharedPoller(source, TimeProvider.System, server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping),
        new ReportCache(report));

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address => _server.Urls.Single();

    /// <summary>Starts the server.</summary>
    /// <param name="app">The web app.</param>
    /// <param name="source">The source of the sweeps, which need not exist yet.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="report">Reads the report of a sweep by its id, without images.</param>
    /// <param name="controls">The buttons of the page; null for a read-only page.</param>
    /// <exception cref="IOException">The port is taken; the message says so.</exception>
    public static async Task<DashboardServer> StartAsync(
        string app, DashboardSource source, int port, Func<string, SweepReport> report, SweepControls? controls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
        });
        var server = new DashboardServer(builder.Build(), source, report);
        server.Route(app, source, controls);
        try
        {
            await server._server.StartAsync();
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            await server.DisposeAsync();
            throw new IOException($"Port {port} is in use; choose another with --port, or --port 0 for any that is free.", error);
        }

        return server;
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitAsync() => _server.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _poller.Dispose();
        _reports.Dispose();
    }

    private void Route(string app, DashboardSource source, SweepControls? controls)
    {
        var page = DashboardPage.Of(app);
        var stopping = _server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var events = new EventStream(source, _poller, TimeProvider.System);
        _server.Use(async (context, next) =>
        {
            SecurityHeaders.AddTo(context.Response);
            if (!LocalRequests.IsFromThisMachine(context) || !LocalRequests.IsSameOrigin(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested)
            {
                // The page is gone, or the server is about to be.
            }
            catch (Exception error) when (
                error is SweepException or IOException or AnalysisException or InvalidDataException && !context.Response.HasStarted)
            {
                context.Response.StatusCode = error is ServerException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict;
                await context.Response.WriteAsync(error.Message);
            }
        });
        _server.MapGet("/", () => Results.Content(page, "text/html; charset=utf-8"));
        _server.MapGet("/events", async context =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await events.SendAsync(context.Response, SweepOf(context), stop.Token);
        });
        _server.MapGet("/report", async context =>
        {
            var sweep = SweepOf(context) ?? throw new SweepException("Say which sweep: /report?sweep=ID.");
            var json = await _reports.OfAsync(sweep, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        });
        if (controls is not null)
        {
            _server.MapPost("/sweeps/{sweep}/{action}", (HttpRequest request, string sweep, string action) =>
                controls.Answer(request, sweep, action));
        }
    }

    private static string? SweepOf(HttpContext context) => context.Request.Query["sweep"].FirstOrDefault();
}
