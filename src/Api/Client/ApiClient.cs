using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AdvFit.Api.Formats;
using AdvFit.Api.Http;
using AdvFit.Sweeps;

namespace AdvFit.Api.Client;

/// <summary>
/// Sends requests to a server, and turns refusals and faults into exceptions. Of several coordinators it asks one until that is
/// away, hangs or is not ready, and then the next. It retries for a bounded time while none is ready, or all are away after one was
/// reached. Not thread-safe.
/// </summary>
public sealed class ApiClient : IDisposable
{
    /// <summary>The environment variable that holds the token.</summary>
    public const string TokenVariable = "ADVFIT_TOKEN";

    /// <summary>Most bytes of an answer, as it is held in memory: of a document, of a sweep's snapshot, of a line of events.</summary>
    internal const int MostOfDocument = 64 << 20, MostOfSnapshot = 256 << 20, MostOfLine = 16 << 20;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly ServerAddresses _servers;
    private readonly TimeProvider _clock;
    private readonly Action<string> _note;
    private ImmutableArray<ServerTarget> _targets = [];
    private int _current;
    private bool _wasReached;

    /// <param name="servers">The server's addresses.</param>
    /// <param name="token">The server's token, which changes need; null for none.</param>
    /// <param name="clock">Measures the waits between retries.</param>
    /// <param name="note">Called with a sentence when it begins to wait.</param>
    public ApiClient(ServerAddresses servers, string? token, TimeProvider clock, Action<string> note)
    {
        (_servers, _clock, _note) = (servers, clock, note);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectPatience })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The server's addresses, for people.</summary>
    public string Address => _servers.ToString();

    /// <summary>How long to retry while the server is not ready or away; zero for no retries.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the server may take to begin an answer.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer that has begun may stand still.</summary>
    public TimeSpan IdlePatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long one of several coordinators may be silent before it is asked whether it lives, and may take to say so.
    /// </summary>
    public TimeSpan HangPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Cancels all requests and waits.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Looks up names.</summary>
    internal Func<string, IPAddress[]> Resolve { get; init; } = Dns.GetHostAddresses;

    private ServerTarget Current => _targets[_current];

    /// <summary>Gets a document.</summary>
    /// <exception cref="SweepException">The server refuses.</exception>
    /// <exception cref="ServerException">The server cannot be used.</exception>
    public byte[] Get(string path) => TryGet(path, out var refusal) ?? throw new SweepException(refusal!);

    /// <summary>Gets a document; null, with the reason, where there is none (404).</summary>
    /// <param name="path">The path, relative to the API's prefix.</param>
    /// <param name="refusal">Why there is none.</param>
    /// <param name="most">Most bytes that it may have.</param>
    /// <inheritdoc cref="Get"/>
    public byte[]? TryGet(string path, out string? refusal, long most = MostOfDocument)
    {
        var (document, reason) = Send<(byte[]?, string?)>(() => new HttpRequestMessage(), path, isRepeatable: true, response =>
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return (null, ErrorOf(response).Error);
            }

            RequireSuccess(response);
            return (ReadAll(response, most), null);
        });
        refusal = reason;
        return document;
    }

    /// <summary>Opens a document as a stream; null where there is none (404).</summary>
    /// <inheritdoc cref="Get"/>
    public Stream? TryOpen(string path) => Send(() => new HttpRequestMessage(), path, isRepeatable: true, response =>
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            ErrorOf(response);
            return null;
        }

        RequireSuccess(response);
        return Body(response);
    });

    /// <summary>Sends a request that changes something.</summary>
    /// <param name="method">POST, PUT or DELETE.</param>
    /// <param name="path">The path, relative to the API's prefix.</param>
    /// <param name="body">Creates the body, for every try anew.</param>
    /// <param name="isRepeatable">Whether it may be sent again where it may have been done already.</param>
    /// <param name="refuse">Turns a refusal into an exception; null for a <see cref="SweepException"/>.</param>
    /// <returns>The body of the answer.</returns>
    /// <inheritdoc cref="Get"/>
    internal byte[] Submit(
        HttpMethod method, string path, Func<HttpContent?> body, bool isRepeatable, Func<ErrorDocument, Exception?>? refuse = null) =>
        Send(() => new HttpRequestMessage(method, (Uri?)null) { Content = body() }, path, isRepeatable, response =>
        {
            RequireSuccess(response, refuse);
            return ReadAll(response, MostOfDocument);
        });

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
        new($"{Current.Name} is no AdvFit server, or of another version: {how.TrimEnd('.')}; check the address.", cause);

    /// <summary>The error that an answer stopped before its end.</summary>
    internal ServerException Cut(string where, IOException cause) =>
        new($"The connection to {Current.Name} was cut{where} ({cause.Message.TrimEnd('.')}); run the command again.", cause);

    /// <summary>Asks another coordinator from now on, since an answer of this one was cut.</summary>
    internal void MoveOn() => _current = (_current + 1) % _targets.Length;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private T Send<T>(Func<HttpRequestMessage> make, string path, bool isRepeatable, Func<HttpResponseMessage, T> read)
    {
        var (began, isNoted) = (_clock.GetTimestamp(), false);
        while (true)
        {
            if (_targets.IsEmpty)
            {
                (_targets, _current) = (_servers.Targets(Resolve), 0);
            }

            var failure = SendToEach(make, path, isRepeatable, read, out var result);
            if (failure is null)
            {
                return result!;
            }

            var error = _targets.Length == 1 ? failure.Error
                : new ServerException($"None of {Address} can be used; the last one: {failure.Error.Message}", failure.Error);
            if (!(_wasReached || failure.IsUnready) || _clock.GetElapsedTime(began) + failure.Wait > Patience)
            {
                throw error;
            }

            if (!isNoted)
            {
                _note($"{error.Message} Trying again for {Patience.TotalSeconds} seconds.");
                isNoted = true;
            }

            // Names may have other records by then.
            _targets = [];
            Task.Delay(failure.Wait, _clock, Stop).GetAwaiter().GetResult();
        }
    }

    /// <summary>Asks one after the other until one answers; returns null then, else the reason why to ask again later.</summary>
    private Failure? SendToEach<T>(
        Func<HttpRequestMessage> make, string path, bool isRepeatable, Func<HttpResponseMessage, T> read, out T? result)
    {
        Failure? failure = null;
        for (var i = 0; i < _targets.Length; i++)
        {
            if (TrySend(make(), path, read, out result) is not { } another)
            {
                _wasReached = true;
                return null;
            }

            if (!isRepeatable && another.MayBeDone)
            {
                throw new ServerException(
                    another.Error.Message.TrimEnd('.') + ". It may have been done all the same: look before you ask for it again.",
                    another.Error);
            }

            // That one of them lives, though not ready, is worth more than why the others are away.
            failure = failure is { IsUnready: true } && !another.IsUnready ? failure : another;
            MoveOn();
        }

        result = default;
        return failure;
    }

    /// <summary>Null where there is an answer, else the reason why there is none where another try may help.</summary>
    private Failure? TrySend<T>(HttpRequestMessage request, string path, Func<HttpResponseMessage, T> read, out T? result)
    {
        result = default;
        using var _ = request;
        HttpResponseMessage? response = null;
        try
        {
            Current.Address(request, $"{SweepEndpoints.Prefix}/{path}");
            response = Await(stop => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop), AnswerPatience);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return new Failure(
                    new ServerException($"{Current.Name} is not ready: {ErrorOf(response).Error}"),
                    response.Headers.RetryAfter?.Delta ?? Pause, IsUnready: true);
            }

            result = read(response);
            response = result is Stream ? null : response;
            return null;
        }
        catch (ServerException error) when (response is { StatusCode: HttpStatusCode.ServiceUnavailable })
        {
            // As a proxy answers that finds no coordinator.
            return new Failure(error, Pause);
        }
        catch (HttpRequestException error)
        {
            return new Failure(Unreachable(error), Pause, MayBeDone: error.HttpRequestError is not (
                HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError));
        }
        catch (HangException error)
        {
            return new Failure(new ServerException($"{Current.Name} {error.Message}; see whether it is overloaded.", error), Pause);
        }
        catch (IOException error) when (error is not ServerException)
        {
            return new Failure(Cut("", error), Pause);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>Waits for a server, for a bounded time.</summary>
    /// <exception cref="HangException">It hangs.</exception>
    private T Await<T>(Func<CancellationToken, Task<T>> begin, TimeSpan patience)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var (waiting, left) = (begin(giveUp.Token), patience);
        while (true)
        {
            var wait = _targets.Length > 1 && HangPatience < left ? HangPatience : left;
            if (Task.WaitAny([waiting], wait) == 0)
            {
                return waiting.GetAwaiter().GetResult();
            }

            left -= wait;
            if (left <= TimeSpan.Zero || !SaysThatItLives())
            {
                giveUp.Cancel();
                throw new HangException(left <= TimeSpan.Zero ? $"did not answer within {patience.TotalSeconds} seconds" : "hangs");
            }
        }
    }

    private bool SaysThatItLives()
    {
        using var request = new HttpRequestMessage();
        Current.Address(request, "/healthz/live");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        giveUp.CancelAfter(HangPatience);
        try
        {
            using var answer = _http.Send(request, HttpCompletionOption.ResponseHeadersRead, giveUp.Token);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !Stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private ServerException Unreachable(HttpRequestException error) => error.HttpRequestError is
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError
        ? IncompatibleServer(error.Message, error)
        : new ServerException(
            $"{Current.Name} cannot be reached ({(error.InnerException?.Message ?? error.Message).TrimEnd('.')}); "
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
                $"{Current.Name} refuses it: {document.Error.TrimEnd('.')}, and to this command as ${TokenVariable}."),
            >= HttpStatusCode.InternalServerError => new ServerException($"{Current.Name} failed: {document.Error}"),
            _ => refuse?.Invoke(document) ?? new SweepException(document.Error),
        };
    }

    /// <summary>The error document that AdvFit's servers send with every refusal.</summary>
    private ErrorDocument ErrorOf(HttpResponseMessage response)
    {
        try
        {
            return JsonSerializer.Deserialize(ReadAll(response, ApiLimits.Body), ApiJsonContext.Default.ErrorDocument)!;
        }
        catch (JsonException error)
        {
            throw IncompatibleServer($"it answers with status {(int)response.StatusCode} and not as one does", error);
        }
    }

    private AnswerStream Body(HttpResponseMessage response) => new(response, (body, buffer) =>
    {
        try
        {
            return Await(stop => body.ReadAsync(buffer, stop).AsTask(), IdlePatience);
        }
        catch (HttpRequestException error)
        {
            throw new IOException(error.Message, error);
        }
        catch (HangException error)
        {
            throw new IOException("nothing comes any more", error);
        }
    });

    /// <summary>Reads a whole answer, of a bounded size.</summary>
    private byte[] ReadAll(HttpResponseMessage response, long most)
    {
        using var body = Body(response);
        using var contents = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (body.Read(buffer, 0, buffer.Length) is > 0 and var count)
        {
            if (contents.Length + count > most)
            {
                throw IncompatibleServer($"it answers with more than the {most} bytes that are taken");
            }

            contents.Write(buffer, 0, count);
        }

        return contents.ToArray();
    }

    /// <summary>Why a request got no answer, where another try may help.</summary>
    /// <param name="Error">The reason, as a sentence.</param>
    /// <param name="Wait">When to try again.</param>
    /// <param name="IsUnready">Whether a server answered that it is not ready.</param>
    /// <param name="MayBeDone">Whether what was asked for may have been done.</param>
    private sealed record Failure(ServerException Error, TimeSpan Wait, bool IsUnready = false, bool MayBeDone = true);

    /// <summary>A server does not go on with an answer. The message follows its name.</summary>
    private sealed class HangException(string message) : IOException(message);
}
