using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Api.Http;
using AdvFit.Sweeps;

namespace AdvFit.Api.Client;

/// <summary>
/// Sends requests to a server and puts in words what it refuses. While the server is not ready it waits, for a bounded time;
/// so it does when the server, reached before, is away. Not thread-safe.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>The environment variable that names the token.</summary>
    public const string TokenVariable = "ADVFIT_TOKEN";

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Action<string> _note;
    private bool _wasReached;

    /// <param name="server">The server's address.</param>
    /// <param name="token">What it takes to change something there; null where nothing is to be.</param>
    /// <param name="clock">Tells how long to wait.</param>
    /// <param name="note">Is told, in a sentence, that it waits.</param>
    public ApiClient(Uri server, string? token, TimeProvider clock, Action<string> note)
    {
        (_clock, _note, Address) = (clock, note, server.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectPatience })
        {
            BaseAddress = new Uri(Address + SweepEndpoints.Prefix + "/"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The server's address, without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>How long to wait for a server that is not ready, or away although it was reached before; zero not to wait.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an answer may take to begin.</summary>
    public TimeSpan AnswerPatience
    {
        get => _http.Timeout;
        init => _http.Timeout = value;
    }

    /// <summary>Gives up whatever it waits for.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>A document.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public byte[] Get(string path) => TryGet(path, out var refusal) ?? throw new SweepException(refusal!);

    /// <summary>A document; null, and why, where there is none (404).</summary>
    /// <inheritdoc cref="Get"/>
    public byte[]? TryGet(string path, out string? refusal)
    {
        using var response = Send(() => new HttpRequestMessage(HttpMethod.Get, path));
        refusal = response.StatusCode == HttpStatusCode.NotFound ? ErrorOf(response).Error : null;
        if (refusal is not null)
        {
            return null;
        }

        RequireSuccess(response);
        return ReadAll(response);
    }

    /// <summary>A document that comes piece by piece; null where there is none (404).</summary>
    /// <inheritdoc cref="Get"/>
    public Stream? TryOpen(string path)
    {
        var response = Send(() => new HttpRequestMessage(HttpMethod.Get, path));
        try
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                ErrorOf(response);
                response.Dispose();
                return null;
            }

            RequireSuccess(response);
            return response.Content.ReadAsStream();
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Has something done or taken.</summary>
    /// <param name="method">POST or PUT.</param>
    /// <param name="path">Where.</param>
    /// <param name="body">Makes the body, each time that it is sent.</param>
    /// <param name="refuse">Makes something better than a sentence of a refusal; null where it is no such refusal.</param>
    /// <returns>What the server answered.</returns>
    /// <inheritdoc cref="Get"/>
    internal byte[] Submit(
        HttpMethod method, string path, Func<HttpContent?> body, Func<ErrorDocument, Exception?>? refuse = null)
    {
        using var response = Send(() => new HttpRequestMessage(method, path) { Content = body() });
        RequireSuccess(response, refuse);
        return ReadAll(response);
    }

    /// <summary>A document that makes no sense.</summary>
    public ServerException NoServer(string how, Exception? cause = null) =>
        new($"{Address} is no AdvFit server, or of another version: {how.TrimEnd('.')}; check the address.", cause);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpResponseMessage Send(Func<HttpRequestMessage> make)
    {
        var (began, isNoted) = (_clock.GetTimestamp(), false);
        while (true)
        {
            var (response, failure) = TrySend(make());
            if (response is { StatusCode: not HttpStatusCode.ServiceUnavailable })
            {
                _wasReached = true;
                return response;
            }

            var wait = response?.Headers.RetryAfter?.Delta ?? Pause;
            failure ??= new ServerException($"{Address} is not ready: {ErrorOf(response!).Error}");
            response?.Dispose();
            if (_clock.GetElapsedTime(began) + wait > Patience)
            {
                throw failure;
            }

            if (!isNoted)
            {
                _note($"{failure.Message} Trying again for {Patience.TotalSeconds} seconds.");
                isNoted = true;
            }

            Task.Delay(wait, _clock, Stop).GetAwaiter().GetResult();
        }
    }

    /// <summary>An answer; or why there is none, where it is worth trying again.</summary>
    private (HttpResponseMessage? Response, ServerException? Failure) TrySend(HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                return (_http.Send(request, HttpCompletionOption.ResponseHeadersRead, Stop), null);
            }
            catch (HttpRequestException error)
            {
                var failure = Unreachable(error);
                // What changes something may have been done, unless it never got there.
                var isSafe = request.Method == HttpMethod.Get || error.HttpRequestError == HttpRequestError.ConnectionError;
                return _wasReached && isSafe ? (null, failure) : throw failure;
            }
            catch (OperationCanceledException error) when (!Stop.IsCancellationRequested)
            {
                throw new ServerException(
                    $"{Address} did not answer within {AnswerPatience.TotalSeconds} seconds; see whether it is overloaded.", error);
            }
        }
    }

    private ServerException Unreachable(HttpRequestException error) => error.HttpRequestError is
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
        ? NoServer(error.Message, error)
        : new ServerException(
            $"{Address} cannot be reached ({(error.InnerException?.Message ?? error.Message).TrimEnd('.')}); "
            + "check the address, and that the server runs and its port is open.", error);

    private void RequireSuccess(HttpResponseMessage response, Func<ErrorDocument, Exception?>? refuse = null)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var document = ErrorOf(response);
        throw response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SweepException(
                $"{Address} refuses it: {document.Error.TrimEnd('.')}, and to this command as ${TokenVariable}."),
            >= HttpStatusCode.InternalServerError => new ServerException($"{Address} failed: {document.Error}"),
            _ => refuse?.Invoke(document) ?? new SweepException(document.Error),
        };
    }

    /// <summary>What a server of AdvFit says with each refusal.</summary>
    private ErrorDocument ErrorOf(HttpResponseMessage response)
    {
        try
        {
            return JsonSerializer.Deserialize(ReadAll(response), ApiJsonContext.Default.ErrorDocument)!;
        }
        catch (JsonException error)
        {
            throw NoServer($"it answers with status {(int)response.StatusCode} and not as one does", error);
        }
    }

    private byte[] ReadAll(HttpResponseMessage response)
    {
        try
        {
            using var body = response.Content.ReadAsStream(Stop);
            using var contents = new MemoryStream();
            body.CopyTo(contents);
            return contents.ToArray();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ServerException($"The connection to {Address} was cut ({error.Message.TrimEnd('.')}); run the command again.", error);
        }
    }
}
