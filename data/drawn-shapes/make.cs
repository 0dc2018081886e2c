#:package SkiaSharp
#:package SkiaSharp.NativeAssets.Linux.NoDependencies
#:property PublishAot=false
#:property AllowUnsafeBlocks=true
// Draws the data set: 320 + 80 pictures of four shapes, textured shapes on textured grounds, of many sizes, JPEG and PNG,
// every eighth in grey. `dotnet run make.cs` writes train/, val/ and published.sha256 beside itself again.
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using SkiaSharp;

const int trainEach = 80, testEach = 20, samples = 3;
string[] classes = ["circle", "cross", "square", "triangle"];
var here = Path.GetDirectoryName(SourcePath())!;
var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
foreach (var (split, each, offset) in new[] { ("train", trainEach, 0), ("val", testEach, trainEach) })
{
    for (var label = 0; label < classes.Length; label++)
    {
        Directory.CreateDirectory(Path.Combine(here, split, classes[label]));
        for (var i = 0; i < each; i++)
        {
            var random = new SplitMix((ulong)((1000 * label) + offset + i) * 7919 + 17);
            var (grey, png) = (i % 8 == 3, i % 20 == 11);
            var name = $"{split}/{classes[label]}/{i:00}.{(png ? "png" : "jpg")}";
            var file = Draw(classes[label], random, grey, png);
            File.WriteAllBytes(Path.Combine(here, name), file);
            sums[name] = Convert.ToHexStringLower(SHA256.HashData(file));
        }
    }
}

File.WriteAllText(Path.Combine(here, "published.sha256"), string.Concat(sums.Select(sum => $"{sum.Value}  {sum.Key}\n")));
Console.WriteLine($"{sums.Count} pictures");

static byte[] Draw(string shape, SplitMix random, bool grey, bool png)
{
    // PNG keeps all of the noise, and is large.
    var (width, height) = png ? (random.Below(30) + 60, random.Below(30) + 60) : (random.Below(90) + 80, random.Below(90) + 80);
    var (ground, ink) = (new Texture(random), new Texture(random));
    while (ground.Distance(ink) < 110)
    {
        ink = new Texture(random);
    }

    var radius = Math.Min(width, height) * (0.24 + (0.14 * random.Real()));
    var (x, y) = ((width / 2.0) + (width * 0.16 * (random.Real() - 0.5)), (height / 2.0) + (height * 0.16 * (random.Real() - 0.5)));
    var angle = random.Real() * 2 * Math.PI;
    var (sin, cos) = Math.SinCos(angle);
    var pixels = new byte[width * height * 4];
    for (var row = 0; row < height; row++)
    {
        for (var column = 0; column < width; column++)
        {
            var covered = 0.0;
            for (var i = 0; i < samples * samples; i++)
            {
                var (dx, dy) = (column + ((i % samples + 0.5) / samples) - x, row + ((i / samples + 0.5) / samples) - y);
                var isInside = IsInside(shape, ((dx * cos) + (dy * sin)) / radius, ((dy * cos) - (dx * sin)) / radius);
                covered += isInside ? 1.0 / (samples * samples) : 0;
            }

            var noise = 10 * (random.Real() - 0.5);
            for (var channel = 0; channel < 3; channel++)
            {
                var level = (covered * ink.At(column, row, channel)) + ((1 - covered) * ground.At(column, row, channel)) + noise;
                pixels[(((row * width) + column) * 4) + channel] = (byte)Math.Clamp(Math.Round(level), 0, 255);
            }

            pixels[(((row * width) + column) * 4) + 3] = 255;
        }
    }

    return Encode(pixels, width, height, grey, png);
}

static unsafe byte[] Encode(byte[] pixels, int width, int height, bool grey, bool png)
{
    var values = grey ? [.. Enumerable.Range(0, width * height).Select(i => pixels[(4 * i) + 1])] : pixels;
    var info = new SKImageInfo(width, height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
    fixed (byte* start = values)
    {
        using var pixmap = new SKPixmap(info, (IntPtr)start);
        using var data = (png ? pixmap.Encode(SKPngEncoderOptions.Default) : pixmap.Encode(SKEncodedImageFormat.Jpeg, 80))!;
        return data.ToArray();
    }
}

// In units of the radius, turned upright.
static bool IsInside(string shape, double x, double y) => shape switch
{
    "circle" => (x * x) + (y * y) < 0.85,
    "square" => Math.Abs(x) < 0.85 && Math.Abs(y) < 0.85,
    "cross" => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.3 && Math.Max(Math.Abs(x), Math.Abs(y)) < 1.1,
    _ => y < 0.62 && y > (1.9 * Math.Abs(x)) - 1.15,
};

static string SourcePath([CallerFilePath] string path = "") => path;

/// <summary>A colour with stripes or a gradient of another one.</summary>
internal sealed class Texture
{
    private readonly double[] _first = new double[3], _second = new double[3];
    private readonly double _sin, _cos, _period, _phase;

    public Texture(SplitMix random)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            _first[channel] = random.Below(256);
            _second[channel] = Math.Clamp(_first[channel] + (70 * (random.Real() - 0.5)), 0, 255);
        }

        (_sin, _cos) = Math.SinCos(random.Real() * Math.PI);
        (_period, _phase) = (8 + (60 * random.Real()), random.Real() * 10);
    }

    public double At(double x, double y, int channel)
    {
        var share = (1 + Math.Sin((((x * _cos) + (y * _sin)) * 2 * Math.PI / _period) + _phase)) / 2;
        return (share * _first[channel]) + ((1 - share) * _second[channel]);
    }

    public double Distance(Texture other) => Math.Abs(_first[1] + _second[1] - other._first[1] - other._second[1]) / 2
        + (Enumerable.Range(0, 3).Sum(channel => Math.Abs(_first[channel] - other._first[channel])) / 3);
}

internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit) => (int)(Real() * limit);

    public double Real()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
    }
}
