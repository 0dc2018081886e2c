using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdvFit.Api.Tests;

/// <summary>A server on the loopback interface that answers every request as a test has it.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FaultyServer(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(answer);
    }

    public string Address => _app.Urls.Single();

    public static async Task<FaultyServer> StartAsync(RequestDelegate answer)
    {
        var server = new FaultyServer(answer);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Never answers: the process sleeps, as after kill -STOP.</summary>
    public static async Task Hang(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has given up.
        }
    }

    /// <summary>Is gone, as after kill -9, once it has the request.</summary>
    public static Task Die(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Sends something over and over, for as long as it is read.</summary>
    public static async Task SendForEver(HttpResponse response, ReadOnlyMemory<byte> piece)
    {
        while (!response.HttpContext.RequestAborted.IsCancellationRequested)
        {
            await response.Body.WriteAsync(piece);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Requests that hang are not waited for.
        using var at = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(at.Token);
        await _app.DisposeAsync();
    }
}
