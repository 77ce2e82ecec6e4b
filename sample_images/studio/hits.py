"""Where a ray meets a shape, and what colour is there; plain numbers, since numba compiles them."""

# ruff: noqa: C901, PLR0911, PLR0912, PLR0913, PLR0915, PLR0917  numba compiles plain loops over plain numbers

from __future__ import annotations

import math

import numpy as np
from numba import njit


@njit(cache=True, fastmath=True)
def hit_shape(kind, p, ox, oy, oz, dx, dy, dz, best):
    """Distance, normal and texture place (u, v) of the first hit nearer than best; distance -1 if none."""
    if kind == 0:
        ax, ay, az, bx, by, bz = p[3], p[4], p[5], p[6], p[7], p[8]
        nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
        den = nx * dx + ny * dy + nz * dz
        if abs(den) < 1e-12:
            return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
        qx, qy, qz = p[0] - ox, p[1] - oy, p[2] - oz
        t = (nx * qx + ny * qy + nz * qz) / den
        if t < 1e-4 or t >= best:
            return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
        hx, hy, hz = dx * t - qx, dy * t - qy, dz * t - qz
        u = (hx * ax + hy * ay + hz * az) / (ax * ax + ay * ay + az * az)
        v = (hx * bx + hy * by + hz * bz) / (bx * bx + by * by + bz * bz)
        if u < 0 or u > 1 or v < 0 or v > 1:
            return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
        s = 1 / math.sqrt(nx * nx + ny * ny + nz * nz)
        return t, nx * s, ny * s, nz * s, u, v
    if kind == 1:
        c, s = p[6], p[7]
        rx, ry, rz = ox - p[0], oy - p[1], oz - p[2]
        lx, ly = c * rx + s * ry, -s * rx + c * ry
        mx, my = c * dx + s * dy, -s * dx + c * dy
        near, far, axis, sign = -1e9, 1e9, 0, 1.0
        for k in range(3):
            o = lx if k == 0 else (ly if k == 1 else rz)
            d = mx if k == 0 else (my if k == 1 else dz)
            h = p[3 + k]
            if abs(d) < 1e-9:
                if abs(o) > h:
                    return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
                continue
            t1, t2 = (-h - o) / d, (h - o) / d
            if t1 > t2:
                t1, t2 = t2, t1
            if t1 > near:
                near, axis, sign = t1, k, (-1.0 if d > 0 else 1.0)
            far = min(far, t2)
        if near > far or near < 1e-4 or near >= best:
            return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
        if axis == 0:
            return near, c * sign, s * sign, 0.0, 0.0, 0.0
        if axis == 1:
            return near, -s * sign, c * sign, 0.0, 0.0, 0.0
        return near, 0.0, 0.0, sign, 0.0, 0.0
    if kind == 2:
        ax, ay, az, length, r0, r1 = p[3], p[4], p[5], p[6], p[7], p[8]
        k = (r1 - r0) / length
        rx, ry, rz = ox - p[0], oy - p[1], oz - p[2]
        da, ra = dx * ax + dy * ay + dz * az, rx * ax + ry * ay + rz * az
        px, py, pz = dx - da * ax, dy - da * ay, dz - da * az
        qx, qy, qz = rx - ra * ax, ry - ra * ay, rz - ra * az
        w = r0 + k * ra
        a = px * px + py * py + pz * pz - k * k * da * da
        b = px * qx + py * qy + pz * qz - k * w * da
        c = qx * qx + qy * qy + qz * qz - w * w
        t, nx, ny, nz = best, 0.0, 0.0, 0.0
        disc = b * b - a * c
        if disc > 0 and abs(a) > 1e-12:
            root = math.sqrt(disc)
            for sg in (-1.0, 1.0):
                tt = (-b + sg * root) / a
                h = ra + da * tt
                if 1e-4 < tt < t and 0 <= h <= length:
                    t = tt
                    nx, ny, nz = qx + px * tt, qy + py * tt, qz + pz * tt
                    s = 1 / math.sqrt(nx * nx + ny * ny + nz * nz + 1e-18)
                    nx, ny, nz = nx * s - k * ax, ny * s - k * ay, nz * s - k * az
                    s = 1 / math.sqrt(nx * nx + ny * ny + nz * nz)
                    nx, ny, nz = nx * s, ny * s, nz * s
        if abs(da) > 1e-9:
            for end in range(2):
                h = 0.0 if end == 0 else length
                rr = r0 if end == 0 else r1
                tt = (h - ra) / da
                if 1e-4 < tt < t:
                    ex, ey, ez = qx + px * tt, qy + py * tt, qz + pz * tt
                    if ex * ex + ey * ey + ez * ez <= rr * rr:
                        t = tt
                        sg = -1.0 if end == 0 else 1.0
                        nx, ny, nz = sg * ax, sg * ay, sg * az
        if t >= best:
            return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
        return t, nx, ny, nz, 0.0, 0.0
    rx, ry, rz = ox - p[0], oy - p[1], oz - p[2]
    b = rx * dx + ry * dy + rz * dz
    c = rx * rx + ry * ry + rz * rz - p[3] * p[3]
    disc = b * b - c
    if disc < 0:
        return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    t = -b - math.sqrt(disc)
    if t < 1e-4 or t >= best:
        return -1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    nx, ny, nz = (rx + dx * t) / p[3], (ry + dy * t) / p[3], (rz + dz * t) / p[3]
    return t, nx, ny, nz, 0.5 + math.atan2(ny, nx) / (2 * math.pi), math.acos(min(1.0, max(-1.0, nz))) / math.pi


@njit(cache=True, fastmath=True)
def texel(atlas, offset, width, height, u, v, out):
    """Bilinear sample of a texture into out (red, green, blue, alpha), 0 to 1, colours made linear."""
    x, y = u * width - 0.5, v * height - 0.5
    x0, y0 = math.floor(x), math.floor(y)
    fx, fy = x - x0, y - y0
    for k in range(4):
        out[k] = 0.0
    for j in range(2):
        for i in range(2):
            xx, yy = min(max(int(x0) + i, 0), width - 1), min(max(int(y0) + j, 0), height - 1)
            w = (fx if i else 1 - fx) * (fy if j else 1 - fy)
            at = offset + 4 * (yy * width + xx)
            for k in range(3):
                c = atlas[at + k] / 255.0
                out[k] += w * c * c
            out[3] += w * atlas[at + 3] / 255.0


@njit(cache=True, fastmath=True)
def first_hit(data, ox, oy, oz, dx, dy, dz, best, record, col, any_will_do):
    """Index of the first shape hit, with record = t, normal, u, v and col = its colour; -1 if none."""
    kinds, numbers, colours, tex, place, atlas, groups, bounds = data
    found = -1
    for g in range(groups.shape[0]):
        lo, hi = -1e9, best
        for k in range(3):
            o = ox if k == 0 else (oy if k == 1 else oz)
            d = dx if k == 0 else (dy if k == 1 else dz)
            d = d if abs(d) > 1e-9 else 1e-9
            t1, t2 = (bounds[g, k] - o) / d, (bounds[g, 3 + k] - o) / d
            lo, hi = max(lo, min(t1, t2)), min(hi, max(t1, t2))
        if lo > hi or hi < 0:
            continue
        for i in range(groups[g, 0], groups[g, 1]):
            t, nx, ny, nz, u, v = hit_shape(kinds[i], numbers[i], ox, oy, oz, dx, dy, dz, best)
            if t < 0:
                continue
            c0, c1, c2 = colours[i, 0], colours[i, 1], colours[i, 2]
            if tex[i] >= 0:
                texel(atlas, place[tex[i], 0], place[tex[i], 1], place[tex[i], 2], u, v, record[6:])
                if record[9] < np.random.random():
                    continue
                c0, c1, c2 = c0 * record[6], c1 * record[7], c2 * record[8]
            best, found = t, i
            if any_will_do:
                return found
            record[0], record[1], record[2], record[3], record[4], record[5] = t, nx, ny, nz, u, v
            col[0], col[1], col[2] = c0, c1, c2
    return found
