using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AdvFit.Api.Client;
using AdvFit.Api.Http;
using AdvFit.Sweeps.Spec;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AdvFit.Api.Tests;

/// <summary>A server on the loopback interface over a <see cref="LocalService"/>, with a client to ask it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Token = "a-secret-of-tests";

    /// <summary>A sweep of three shuffles.</summary>
    public const string Spec = """
        name: small
        dataset: tiny
        subsample: { train: 50, test: 10 }
        network: lenet5
        training: { epochs: 2 }
        attacks: [fgsm, deepfool]
        shuffles: 3
        seed: 7
        """;

    /// <summary>A header that says which address a request is to seem to come from.</summary>
    public const string PeerHeader = "X-Test-Peer";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly string? _token;
    private readonly TimeProvider _clock;
    private readonly bool _tokenForReading;
    private WebApplication _app;

    private TestServer(string? token, TimeProvider clock, bool tokenForReading)
    {
        (_token, _clock, _tokenForReading, Service) = (token, clock, tokenForReading, new LocalService(_folder.File("store")));
        _app = Build(0);
    }

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            ApiLimits.Apply(kestrel);
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.Use((context, next) =>
        {
            _asked.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}".Replace($"{SweepEndpoints.Prefix}/", "", StringComparison.Ordinal));
            if (context.Request.Headers.TryGetValue(PeerHeader, out var peer))
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(peer.ToString());
            }

            return next(context);
        });
        app.MapSweeps(Service, new ApiSettings(_token) { Clock = _clock, TokenForReading = _tokenForReading });
        return app;
    }

    public static string Id { get; } = SweepId.Of(new SpecReader(SpecVocabulary.Engine).Parse(Spec, "spec"));

    public LocalService Service { get; }

    public string Address { get; private set; } = "";

    public string Store => _folder.File("store");

    public HttpClient Http { get; private set; } = null!;

    public static Task<TestServer> StartAsync(string? token = Token) => StartAsync(token, TimeProvider.System);

    public static async Task<TestServer> StartAsync(string? token, TimeProvider clock, bool tokenForReading = false)
    {
        var server = new TestServer(token, clock, tokenForReading);
        await server._app.StartAsync();
        server.Address = server._app.Urls.Single();
        server.Http = new HttpClient { BaseAddress = new Uri(server.Address + "/api/v1/") };
        return server;
    }

    /// <summary>A file that is gone with the server.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>A client as the command line has it, whose waiting takes no time.</summary>
    public RemoteSweeps Remote(string? token = Token, Action<string>? note = null) =>
        new(new ApiClient(ServerAddresses.Parse(Address)!, token, new HastyClock(), note ?? (_ => { })));

    /// <summary>Runs a sweep to its end.</summary>
    public async Task<string> RunAsync(string spec = Spec)
    {
        var id = JsonDocument.Parse(await (await PostAsync("sweeps", spec)).Content.ReadAsByteArrayAsync()).RootElement.GetProperty("id").GetString()!;
        await Service.WorkAsync();
        return id;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body = "", string? token = Token) =>
        SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), token);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[]? body = null, string? token = Token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>What was asked for since the last time.</summary>
    public string[] TakeAsked()
    {
        var asked = _asked.ToArray();
        _asked.Clear();
        return asked;
    }

    /// <summary>Answers nobody any more; its sweeps and work go on.</summary>
    public async Task GoAwayAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Answers again, at the same address.</summary>
    public async Task ComeBackAsync()
    {
        _app = Build(new Uri(Address).Port);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Service.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>What tests look at in an answer.</summary>
internal static class Answers
{
    /// <summary>The sentence of a refusal, whose status is checked.</summary>
    public static async Task<string> Refused(this Task<HttpResponseMessage> answer, HttpStatusCode status)
    {
        using var response = await answer;
        response.StatusCode.ShouldBe(status);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.GetProperty("error").GetString()!;
    }

    /// <summary>The status of an answer.</summary>
    public static async Task<HttpStatusCode> Status(this Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        return response.StatusCode;
    }
}
