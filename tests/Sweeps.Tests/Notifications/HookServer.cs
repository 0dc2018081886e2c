using System.Net;

namespace AdvFit.Sweeps.Tests.Notifications;

/// <summary>A webhook on this machine that answers as it is told, the last answer for ever.</summary>
internal sealed class HookServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    /// <param name="answers">The status of each answer.</param>
    public HookServer(params int[] answers)
    {
        (_listener, Address) = Listen();
        _serving = Task.Run(() => Serve(answers));
    }

    public Uri Address { get; }

    public List<string> Bodies { get; } = [];

    public List<string?> ContentTypes { get; } = [];

    public List<string> Paths { get; } = [];

    public void Dispose()
    {
        _listener.Abort();
        _serving.GetAwaiter().GetResult();
    }

    /// <summary>An address at which nobody listens.</summary>
    public Uri DisposeAndTellAddress()
    {
        Dispose();
        return Address;
    }

    /// <summary>Ports are tried until one is free, for HttpListener cannot ask the system for any.</summary>
    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (var port = 51000; ; port++)
        {
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (HttpListenerException) when (port < 65535)
            {
                listener.Close();
            }
        }
    }

    private async Task Serve(int[] answers)
    {
        for (var asked = 0; ; asked++)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new StreamReader(context.Request.InputStream);
            Bodies.Add(await body.ReadToEndAsync());
            ContentTypes.Add(context.Request.ContentType);
            Paths.Add(context.Request.Url!.AbsolutePath);
            context.Response.StatusCode = answers[Math.Min(asked, answers.Length - 1)];
            context.Response.Close();
        }
    }
}
