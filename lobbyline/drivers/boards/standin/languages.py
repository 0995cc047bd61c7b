"""Which decoder reads which protocol; a language that none reads still shows that bytes came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lobbyline.drivers.boards.standin.decoders import (
    alpha,
    am03127,
    candle,
    daktronics,
    ed400,
    idhl,
    inspur,
    led485,
    ledmsg,
    modbus,
    onbon,
    pinganlihe,
    poles,
    ruize,
    xunpeng,
    yinda,
    yongtai,
    zhongyi,
)
from lobbyline.drivers.boards.standin.hearing import AMBER, Decoder, Heard, Look


@dataclass
class Silent:
    """A board whose language no stand-in speaks: it shows that bytes came."""

    count: int = field(default=0)

    def feed(self, data: bytes) -> Iterator[Heard]:
        self.count += len(data)
        yield Heard(None, Look.of(f"{self.count} B", AMBER, "bytes"))


DECODERS: dict[str, Callable[[], Decoder]] = {
    "qsystem-candle": candle.Candle,
    "pinganlihe-v21": pinganlihe.Pingan,
    "cq-zhongyi-2colour": zhongyi.Zhongyi,
    "modbus-rtu": modbus.Modbus,
    "modbus-rtu-ascii": modbus.Modbus,
    "pinganlihe-instant": pinganlihe.Instant,
    "pinganlihe-instant-composite": pinganlihe.Instant,
    "ruize-matrix": ruize.Ruize,
    "yinda-imm9013": yinda.Yinda,
    "yinda-imm9013-composite": yinda.Yinda,
    "inspur-imm9005": inspur.Inspur,
    "yongtai-imm90061": yongtai.Yongtai,
    "onbon-bx5k": onbon.Onbon,
    "alpha": alpha.Alpha,
    "am03127": am03127.Am03127,
    "daktronics-rtd": daktronics.Daktronics,
    "ed400": ed400.Ed400,
    "idhl-4byte": idhl.FourBytes,
    "xunpeng": xunpeng.Xunpeng,
    "led485-ascii": led485.Led485,
    "ledmsg": ledmsg.Ledmsg,
    "cd5220": poles.Cd5220,
    "epson-display": poles.Epson,
}
