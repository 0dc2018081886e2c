using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Api.Http;
using AdvFit.Sweeps;

namespace AdvFit.Api.Client;

/// <summary>
/// Sends requests to a server, and turns refusals and faults into exceptions. It retries for a bounded time while the server
/// is not ready, or away after it was reached once. Not thread-safe.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>The environment variable that holds the token.</summary>
    public const string TokenVariable = "ADVFIT_TOKEN";

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Action<string> _note;
    private bool _wasReached;

    /// <param name="server">The server's address.</param>
    /// <param name="token">The server's token, which changes need; null for none.</param>
    /// <param name="clock">Measures the waits.</param>
    /// <param name="note">Called with a sentence when it begins to wait.</param>
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

    /// <summary>How long to retry while the server is not ready or away; zero for no retries.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the server may take to begin an answer.</summary>
    public TimeSpan AnswerPatience
    {
        get => _http.Timeout;
        init => _http.Timeout = value;
    }

    /// <summary>Cancels all requests and waits.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Gets a document.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public byte[] Get(string path) => TryGet(path, out var refusal) ?? throw new SweepException(refusal!);

    /// <summary>Gets a document; null, with the reason, where there is none (404).</summary>
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

    /// <summary>Opens a document as a stream; null where there is none (404).</summary>
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

    /// <summary>Sends a request that changes something.</summary>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">The path, relative to the API's prefix.</param>
    /// <param name="body">Creates the body, for every try anew.</param>
    /// <param name="refuse">Turns a refusal into an exception; null for a <see cref="SweepException"/>.</param>
    /// <returns>The body of the answer.</returns>
    /// <inheritdoc cref="Get"/>
    internal byte[] Submit(
        HttpMethod method, string path, Func<HttpContent?> body, Func<ErrorDocument, Exception?>? refuse = null)
    {
        using var response = Send(() => new HttpRequestMessage(method, path) { Content = body() });
        RequireSuccess(response, refuse);
        return ReadAll(response);
    }

    /// <summary>Parses an answer.</summary>
    /// <exception cref="ServerException">It cannot be parsed.</exception>
    internal T Parse<T>(byte[] answer, Func<byte[], T> parse)
    {
        try
        {
            return parse(answer);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw IncompatibleServer(error.Message, error);
        }
    }

    /// <summary>The error that an answer makes no sense.</summary>
    public ServerException IncompatibleServer(string how, Exception? cause = null) =>
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

    /// <summary>The answer, or the reason why there is none where a retry may help.</summary>
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
                // A change may have been made already, unless the request never arrived.
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
        ? IncompatibleServer(error.Message, error)
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

    /// <summary>The error document that AdvFit's servers send with every refusal.</summary>
    private ErrorDocument ErrorOf(HttpResponseMessage response)
    {
        try
        {
            return JsonSerializer.Deserialize(ReadAll(response), ApiJsonContext.Default.ErrorDocument)!;
        }
        catch (JsonException error)
        {
            throw IncompatibleServer($"it answers with status {(int)response.StatusCode} and not as one does", error);
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
